package io.sluice.it.rt;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.time.Ticker;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.RawWebSocket;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A client of rt. What it reads has `«now»` for a time within half a minute of now, and `«id»` for its own id.
final class RtClient implements AutoCloseable {
    private static final Pattern TIME = Pattern.compile("\"ts\":(\\d{13})");
    private static final Pattern ID =
            Pattern.compile(
                    "\"connectionId\":\"([0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})\"");
    private static final long NEAR_MILLIS = 30_000;

    static final String READY =
            "{\"type\":\"ready\",\"ts\":«now»,\"payload\":{\"connectionId\":\"«id»\","
                    + "\"heartbeat\":{\"intervalMs\":10000,\"timeoutMs\":25000}}}";

    private final RawWebSocket socket;
    private String id = "";

    private RtClient(RawWebSocket socket) {
        this.socket = socket;
    }

    /// Connected, nothing read yet.
    static RtClient open(int port, String... fields) {
        return new RtClient(RawWebSocket.open(port, "/rt", fields));
    }

    /// Connected and greeted.
    static RtClient ready(RunningGateway gateway) {
        return ready(gateway.port());
    }

    static RtClient ready(int port) {
        RtClient client = open(port);
        assertThat(client.type()).isEqualTo("ready");
        return client;
    }

    /// Greeted and in a group.
    static RtClient in(RunningGateway gateway, String group) {
        RtClient client = ready(gateway);
        client.identify("app-client", group);
        client.passUntil("\"type\":\"ready\"");
        return client;
    }

    RtClient identify(String role, String group) {
        return send(
                "{\"type\":\"identify\",\"ts\":1,\"payload\":{\"clientType\":\""
                        + role
                        + "\",\"groupId\":\""
                        + group
                        + "\"}}");
    }

    /// Its id, once it has been read by [#next].
    String id() {
        return id;
    }

    RtClient send(String text) {
        socket.text(text);
        return this;
    }

    /// The next frame.
    String next() {
        String text = raw();
        Matcher time = TIME.matcher(text);
        text =
                time.replaceAll(found -> {
                    long away =
                            Math.abs(
                                    Ticker.system().epochMillis() - Long.parseLong(found.group(1)));
                    return away < NEAR_MILLIS ? "\"ts\":«now»" : found.group();
                });
        Matcher own = ID.matcher(text);
        if (own.find()) {
            if (id.isEmpty()) {
                id = own.group(1);
            }
            text = text.replace(id, "«id»");
        }
        return text;
    }

    /// The next frame as it came.
    String raw() {
        RawWebSocket.Frame frame = socket.read();
        while (frame.opcode() == RawWebSocket.PING) {
            socket.pong();
            frame = socket.read();
        }
        assertThat(frame.opcode()).as("frame %s", frame.text()).isEqualTo(RawWebSocket.TEXT);
        return frame.text();
    }

    /// Type of the next frame.
    String type() {
        String text = next();
        assertThat(text).startsWith("{\"type\":\"");
        return text.substring(9, text.indexOf('"', 9));
    }

    /// Reads up to a frame with this text in it.
    String passUntil(String part) {
        String text = next();
        while (!text.contains(part)) {
            text = next();
        }
        return text;
    }

    /// Nothing has come for it: the answer to a question of its own is the next thing it reads.
    void hearsNothing() {
        send("{\"type\":\"anything new\"}");
        assertThat(next()).contains("Unsupported signal: anything new");
    }

    RawWebSocket socket() {
        return socket;
    }

    @Override
    public void close() {
        socket.close();
    }
}
