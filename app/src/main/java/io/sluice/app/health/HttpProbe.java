package io.sluice.app.health;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Well when a GET is answered in time with a status below 400. Redirects are not followed.
final class HttpProbe implements Probe {
    private final HttpClient client;
    private final HttpRequest request;

    HttpProbe(String url, Duration timeout) {
        this.client = HttpClient.newBuilder().connectTimeout(timeout).build();
        this.request = HttpRequest.newBuilder(URI.create(url)).timeout(timeout).build();
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
