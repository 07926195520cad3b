package io.sluice.app.health;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Well when a GET is answered in time, to the end of its body, with the status it should have, which is any
/// below 400 when none is named. Redirects are not followed.
final class HttpProbe implements Probe {
    private final HttpClient client;
    private final HttpRequest request;
    private final Duration timeout;
    private final @Nullable Integer expected;

    HttpProbe(String url, Duration timeout, @Nullable Integer expected) {
        this.expected = expected;
        this.timeout = timeout;
        this.request = HttpRequest.newBuilder(URI.create(url)).build();
        this.client = HttpClient.newBuilder().connectTimeout(timeout).build();
    }

    @Override
    public @Nullable String run() throws InterruptedException {
        // The timeout of a request ends with the head of its answer; this one does not.
        CompletableFuture<HttpResponse<Void>> answer =
                client.sendAsync(request, BodyHandlers.discarding());
        try {
            int status = answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS).statusCode();
            boolean well = expected == null ? status < 400 : status == expected;
            return well ? null : "answered with status " + status;
        } catch (ExecutionException | TimeoutException failed) {
            return "no answer from " + request.uri().getAuthority();
        } finally {
            answer.cancel(true);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
