package io.sluice.app.metrics;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.core.json.JsonText;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.Handler;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Response;
import io.sluice.net.loop.Offload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The metrics page: Prometheus text format 0.0.4, or JSON when `Accept` names `application/json`.
public final class MetricsPage implements Handler {
    private static final Logger LOG = LoggerFactory.getLogger(MetricsPage.class);

    private final PrometheusRegistry registry;
    private final MetricsJson json;
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

    public MetricsPage(PrometheusRegistry registry, MetricsJson json) {
        this.registry = registry;
        this.json = json;
    }

    @Override
    public void handle(Exchange exchange) {
        boolean wantsJson = wantsJson(exchange.request().headers().get(HeaderName.ACCEPT));
        Offload.call(
                exchange.loop(),
                () -> wantsJson ? json() : text(),
                (response, thrown) -> answer(exchange, response, thrown));
    }

    private static void answer(
            Exchange exchange, @Nullable Response response, @Nullable Throwable thrown) {
        if (exchange.ended()) {
            return;
        }
        if (response == null) {
            LOG.atError().setCause(thrown).log("Collecting metrics failed");
            exchange.fail(Failure.of(FailureKind.INTERNAL, "metrics could not be collected"));
        } else {
            exchange.answer(
                    response.with(HeaderName.CACHE_CONTROL, "no-store")
                            .with(HeaderName.VARY, "Accept"));
        }
    }

    private Response text() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(16 * 1024);
        writer.write(out, registry.scrape());
        return Response.of(200, PrometheusTextFormatWriter.CONTENT_TYPE, out.toByteArray());
    }

    private Response json() {
        return Response.of(
                200, "application/json; charset=utf-8", JsonText.of(json.of(registry.scrape())));
    }

    /// Whoever also takes plain text or anything gets Prometheus text only when JSON is not named at all: scrapers never
    /// name it.
    private static boolean wantsJson(@Nullable String accept) {
        return accept != null && accept.contains("application/json");
    }
}
