package io.sluice.app.health;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.jspecify.annotations.Nullable;

/// Well when a GET is answered in time with a status below 400. Redirects are not followed.
final class HttpProbe implements Probe {
    private final HttpClient client;
    private final HttpRequest request;

    HttpProbe(CheckConfig config) {
        this.client = HttpClient.newBuilder().connectTimeout(config.timeout()).build();
        this.request =
                HttpRequest.newBuilder(URI.create(requireNonNull(config.config().url(), "url")))
                        .timeout(config.timeout())
                        .build();
    }

    @Override
    public @Nullable String run() throws InterruptedException {
        try {
            int status = client.send(request, BodyHandlers.discarding()).statusCode();
            return status < 400 ? null : "answered with status " + status;
        } catch (IOException failed) {
            return "no answer from " + request.uri().getAuthority();
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
