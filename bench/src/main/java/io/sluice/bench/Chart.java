package io.sluice.bench;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.style.Styler;

/// Draws the ratios as bars: one group a case, one colour a gateway, nginx at 1.
final class Chart {
    private Chart() {}

    static void write(Map<Case, List<Figure>> results, Path file) throws IOException {
        CategoryChart chart =
                new CategoryChartBuilder()
                        .width(1000)
                        .height(480)
                        .title("CPU time a request ÷ nginx (lower is better)")
                        .yAxisTitle("ratio")
                        .build();
        chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideNE);
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setYAxisMax(2.0);
        List<String> cases = results.keySet().stream().map(Case::id).toList();
        for (String peer : peers(results)) {
            List<Double> ratios = new ArrayList<>();
            results.values().forEach(figures -> ratios.add(ratio(figures, peer)));
            chart.addSeries(peer, cases, ratios);
        }
        VectorGraphicsEncoder.saveVectorGraphic(
                chart,
                file.toString().replace(".svg", ""),
                VectorGraphicsEncoder.VectorGraphicsFormat.SVG);
    }

    private static Set<String> peers(Map<Case, List<Figure>> results) {
        return results.values().stream()
                .flatMap(List::stream)
                .map(figure -> figure.peer().startsWith(Peer.SLUICE) ? Peer.SLUICE : figure.peer())
                .filter(peer -> !peer.startsWith("spring"))
                .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
    }

    private static Double ratio(List<Figure> figures, String peer) {
        return figures.stream()
                .filter(figure -> figure.peer().startsWith(peer))
                .map(Figure::ratio)
                .findFirst()
                .orElse(0.0);
    }
}
