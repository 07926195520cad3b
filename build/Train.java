import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Load enough for the compilers to see what is hot; two or three seconds of it.
static final int CLIENTS = 32;

static final int REQUESTS = 2000;

/// Makes the AOT cache of the application folder: starts the gateway as `./sluice run` does, asks for what
/// a first visitor asks for, and stops it. At its end the JVM writes down which classes it used and how
/// (JEP 514). Run by build/assemble.sh from the root of the project, straight from source.
void main() throws Exception {
    Path dist = Path.of("app/target/dist").toAbsolutePath();
    Path cache = dist.resolve("sluice.aot");
    Path log = dist.resolve("training.log");
    Files.deleteIfExists(cache);
    int port = freePort();
    ProcessBuilder start =
            new ProcessBuilder("./sluice", "run", "--set", "frontend.http.port=" + port)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
    start.environment().put("SLUICE_JAVA_OPTS", "-XX:AOTCacheOutput=" + cache);
    Process gateway = start.start();
    try {
        visit(gateway, URI.create("http://127.0.0.1:" + port));
    } finally {
        gateway.destroy();
        if (!gateway.waitFor(60, TimeUnit.SECONDS)) {
            gateway.destroyForcibly();
        }
    }
    if (!Files.exists(cache)) {
        IO.println("The training run left no AOT cache; " + log + " says why.");
        System.exit(1);
    }
}

/// A port nobody listens on. Someone may take it before the gateway does; then there is no cache this time.
int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
    }
}

void visit(Process gateway, URI address) throws Exception {
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build()) {
        awaitReady(gateway, client, address);
        load(address.getPort());
        for (String path : List.of("/", "/health", "/live", "/metrics", "/api/example/a", "/nowhere")) {
            for (int i = 0; i < 20; i++) {
                client.send(get(address, path), BodyHandlers.discarding());
            }
        }
    }
}

/// Requests as many clients send them, so that the cache also holds which ways through the code are hot (JEP 515).
void load(int port) throws Exception {
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
        clients.add(Thread.ofVirtual().start(() -> ask(port)));
    }
    for (Thread client : clients) {
        client.join();
    }
}

/// One keep-alive connection. What goes wrong here costs some of the profile and nothing else.
void ask(int port) {
    byte[] request =
            "GET /api/example/a HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);
    byte[] answer = new byte[64 * 1024];
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setSoTimeout(5000);
        for (int i = 0; i < REQUESTS; i++) {
            socket.getOutputStream().write(request);
            if (socket.getInputStream().read(answer) < 0) {
                return;
            }
        }
    } catch (IOException notServed) {
        // trained with less
    }
}

void awaitReady(Process gateway, HttpClient client, URI address) throws Exception {
    for (int i = 0; i < 300 && gateway.isAlive(); i++) {
        try {
            if (client.send(get(address, "/ready"), BodyHandlers.discarding()).statusCode() == 200) {
                return;
            }
        } catch (IOException notYet) {
            // it is still starting
        }
        Thread.sleep(100);
    }
}

HttpRequest get(URI address, String path) {
    return HttpRequest.newBuilder(address.resolve(path)).timeout(Duration.ofSeconds(5)).build();
}
