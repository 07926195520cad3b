package io.sluice.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.chat.ChatTokens;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawWebSocket;
import java.time.Duration;

/// A client of rt or chat on some node.
final class Speaker implements AutoCloseable {
    /// Longer than the leases of the tests.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RawWebSocket socket;

    private Speaker(RawWebSocket socket) {
        this.socket = socket;
    }

    /// Connected, nothing read.
    static Speaker over(int port, String path, String... fields) {
        RawClient client = RawClient.connect(port).patience(PATIENCE);
        return new Speaker(RawWebSocket.over(client, path, fields));
    }

    /// Connected to chat, nothing read.
    static Speaker chat(int port, String user) {
        return over(port, "/chat?token=" + ChatTokens.of(user));
    }

    /// In a room of chat.
    static Speaker inRoom(int port, String user, String room) {
        Speaker speaker = chat(port, user);
        speaker.say("{\"type\":\"join\",\"payload\":{\"roomId\":\"" + room + "\"}}");
        speaker.until("\"action\":\"joined\",\"userId\":\"" + user);
        return speaker;
    }

    /// Hears of all groups of rt.
    static Speaker dashboard(int port) {
        Speaker speaker = rt(port);
        speaker.say("{\"type\":\"identify\",\"payload\":{\"clientType\":\"dashboard\"}}");
        speaker.until("ready");
        return speaker;
    }

    /// In a group of rt.
    static Speaker inGroup(int port, String group) {
        Speaker speaker = rt(port);
        speaker.say(
                "{\"type\":\"identify\",\"payload\":{\"clientType\":\"app\",\"groupId\":\""
                        + group
                        + "\"}}");
        speaker.until("\"type\":\"ready\"");
        return speaker;
    }

    private static Speaker rt(int port) {
        Speaker speaker = over(port, "/rt");
        speaker.until("ready");
        return speaker;
    }

    void say(String text) {
        socket.text(text);
    }

    /// The next frame with this text in it; those before it are passed over.
    String until(String part) {
        String text = next();
        while (!text.contains(part)) {
            text = next();
        }
        return text;
    }

    /// Frames up to the answer to a ping of chat, none of which holds this text.
    void hearsNoMore(String part) {
        say("{\"type\":\"ping\"}");
        String text = next();
        while (!text.equals("{\"type\":\"pong\"}")) {
            assertThat(text).doesNotContain(part);
            text = next();
        }
    }

    /// Whether chat lets it in: it answers a ping, or closes.
    boolean isLetIn() {
        say("{\"type\":\"ping\"}");
        RawWebSocket.Frame frame = data();
        if (frame.opcode() == RawWebSocket.CLOSE) {
            assertThat(frame.closeCode()).isEqualTo(4003);
            return false;
        }
        return true;
    }

    private String next() {
        RawWebSocket.Frame frame = data();
        assertThat(frame.opcode()).as("frame %s", frame.text()).isEqualTo(RawWebSocket.TEXT);
        return frame.text();
    }

    private RawWebSocket.Frame data() {
        RawWebSocket.Frame frame = socket.read();
        while (frame.opcode() == RawWebSocket.PING) {
            socket.pong();
            frame = socket.read();
        }
        return frame;
    }

    int closeCode() {
        return socket.readClose().closeCode();
    }

    @Override
    public void close() {
        socket.close();
    }
}
