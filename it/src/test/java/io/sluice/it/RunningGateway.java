package io.sluice.it;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import io.sluice.app.wiring.Gateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One gateway in this process, and a plain HTTP/1.1 client for it.
public final class RunningGateway implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Gateway gateway;
    private final @Nullable Path file;
    private final Path accessLog;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(PATIENCE)
                    .build();

    RunningGateway(Gateway gateway, @Nullable Path file, Path accessLog) {
        this.gateway = gateway;
        this.file = file;
        this.accessLog = accessLog;
    }

    public Gateway gateway() {
        return gateway;
    }

    /// Address of the main listener.
    public InetSocketAddress address() {
        return gateway.addresses().getFirst();
    }

    public int port() {
        return address().getPort();
    }

    /// @param target path and query
    public URI uri(String target) {
        return URI.create("http://127.0.0.1:" + port() + target);
    }

    public HttpClient client() {
        return client;
    }

    /// GETs a target of this gateway.
    ///
    /// @param fields names and values in turn
    public HttpResponse<String> get(String target, String... fields) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(target)).timeout(PATIENCE);
        if (fields.length > 0) {
            request.headers(fields);
        }
        return send(request.build());
    }

    public HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    /// Lines of the access log so far; they are written within about a second of the end of a request.
    public List<String> accessLog() {
        try {
            return Files.readAllLines(accessLog);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// Where those lines are written.
    public Path accessLogFile() {
        return accessLog;
    }

    /// Writes another text into the configuration file; the gateway notices by itself within about a second.
    public void rewrite(String yaml) {
        if (file == null) {
            throw new IllegalStateException("this gateway runs the built-in configuration");
        }
        try {
            // At once, as the gateway looks at any time.
            Path next = Files.writeString(Path.of(file + ".next"), yaml);
            Files.move(next, file, ATOMIC_MOVE);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /// Stops at once. Safe to call twice.
    @Override
    public void close() {
        gateway.close();
        client.shutdownNow();
    }
}
