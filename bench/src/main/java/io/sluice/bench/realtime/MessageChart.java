package io.sluice.bench.realtime;

import io.sluice.bench.realtime.Section.Bar;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.style.Styler;

/// Draws the bars of one section, one colour a server.
final class MessageChart {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 320;

    private MessageChart() {}

    static void write(Section section, Path file) throws IOException {
        CategoryChart chart =
                new CategoryChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .title(section.title())
                        .yAxisTitle(section.scale())
                        .build();
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setLabelsVisible(true);
        List<String> groups = section.bars().stream().map(Bar::group).distinct().toList();
        section.bars().stream()
                .map(Bar::server)
                .distinct()
                .forEach(server ->
                        chart.addSeries(server, groups, heights(section, server, groups)));
        VectorGraphicsEncoder.saveVectorGraphic(
                chart,
                file.toString().replace(".svg", ""),
                VectorGraphicsEncoder.VectorGraphicsFormat.SVG);
    }

    private static List<Double> heights(Section section, String server, List<String> groups) {
        List<Double> heights = new ArrayList<>();
        for (String group : groups) {
            heights.add(
                    section.bars().stream()
                            .filter(bar -> bar.group().equals(group) && bar.server().equals(server))
                            .mapToDouble(Bar::height)
                            .findFirst()
                            .orElse(0));
        }
        return heights;
    }
}
