package io.sluice.edge.filter.auth;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Gets the text of a key set from one fixed address: no redirects, at most 1 MiB, within 5 s in all. Blocks,
/// so virtual threads only.
final class JwksFetch implements AutoCloseable {
    static final int LARGEST_ANSWER = 1024 * 1024;
    static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);
    static final Duration LIMIT = Duration.ofSeconds(5);

    private final URI endpoint;
    private final Duration limit;
    private final HttpClient client;
    private final HttpRequest request;

    JwksFetch(URI endpoint) {
        this(endpoint, LIMIT);
    }

    JwksFetch(URI endpoint, Duration limit) {
        this.endpoint = endpoint;
        this.limit = limit;
        this.client =
                HttpClient.newBuilder()
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT_LIMIT)
                        .build();
        this.request =
                HttpRequest.newBuilder(endpoint)
                        .header("Accept", "application/jwk-set+json, application/json")
                        .timeout(limit)
                        .build();
    }

    /// Scheme, host and path, for logs; userinfo and query might be secret.
    String endpoint() {
        return endpoint.getScheme() + "://" + endpoint.getHost() + endpoint.getPath();
    }

    /// @throws IOException when it cannot be had: refused, too slow, too large, or a status other than 200
    String get() throws IOException {
        // The request's own limit ends with the head, so the future's covers the body.
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(
                        request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER));
        try {
            HttpResponse<byte[]> response = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != 200) {
                throw new IOException("status " + response.statusCode());
            }
            return new String(response.body(), StandardCharsets.UTF_8);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException("no answer within " + limit, e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
