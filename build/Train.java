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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Load enough for the compilers to see what is hot; two or three seconds of it.
static final int CLIENTS = 32;

static final int REQUESTS = 2000;

static final int HANDSHAKES = 150;

static final int SAID = 40;

/// Makes the AOT cache of the application folder: starts the gateway as `./sluice run` does, asks for what
/// a first visitor asks for, and stops it. At its end the JVM writes down which classes it used and how
/// (JEP 514). Run by build/assemble.sh from the root of the project, straight from source.
void main() throws Exception {
    Path dist = Path.of("app/target/dist").toAbsolutePath();
    Path cache = dist.resolve("sluice.aot");
    Path log = dist.resolve("training.log");
    Files.deleteIfExists(cache);
    OldClasses.renew(dist.resolve("lib"));
    int port = freePort();
    ProcessBuilder start =
            new ProcessBuilder("./sluice", "run", "--set", "frontend.http.port=" + port)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
    start.environment().remove("JWT_DEV");
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
        talk(address.getPort(), token(client, address));
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

/// WebSockets as clients open and use them, for the same reason: nothing costs a start that was not warm as much as
/// thousands of clients that come back at once.
void talk(int port, String token) throws Exception {
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
        clients.add(Thread.ofVirtual().start(() -> shakeHands(port, "/chat?token=" + token)));
        clients.add(Thread.ofVirtual().start(() -> shakeHands(port, "/rt")));
    }
    for (Thread client : clients) {
        client.join();
    }
    try (Socket socket = upgraded(port, "/rt")) {
        say(socket, "{\"type\":\"identify\",\"ts\":1,\"payload\":{\"clientType\":\"app-client\",\"groupId\":\"g\"}}");
        for (int i = 0; i < SAID; i++) {
            say(socket, "{\"type\":\"data_update\",\"ts\":2,\"payload\":{\"data\":\"what members tell each other\"}}");
        }
        socket.getInputStream().read(new byte[64 * 1024]);
    }
}

void shakeHands(int port, String target) {
    try {
        for (int i = 0; i < HANDSHAKES; i++) {
            try (Socket socket = upgraded(port, target)) {
                socket.setSoLinger(true, 0);
            }
        }
    } catch (IOException notServed) {
        // trained with less
    }
}

/// A socket that has read the answer to its handshake.
Socket upgraded(int port, String target) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(5000);
    socket.getOutputStream().write(("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                    + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    socket.getInputStream().read(new byte[4096]);
    return socket;
}

/// One short text frame under a mask of zeros (RFC 6455 5.2).
void say(Socket socket, String text) throws IOException {
    byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
    byte[] frame = new byte[payload.length + 8];
    frame[0] = (byte) 0x81;
    frame[1] = (byte) (0x80 | 126);
    frame[2] = (byte) (payload.length >> 8);
    frame[3] = (byte) payload.length;
    System.arraycopy(payload, 0, frame, 8, payload.length);
    socket.getOutputStream().write(frame);
}

/// Of a guest, whom a gateway without a secret lets into chat.
String token(HttpClient client, URI address) throws Exception {
    String answer = client.send(get(address, "/chat/guest-token"), BodyHandlers.ofString()).body();
    Matcher token = Pattern.compile("\"token\":\"([^\"]+)").matcher(answer);
    return token.find() ? token.group(1) : "";
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
