package io.sluice.it.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testkit.RawWebSocket;

/// A client of chat.
final class ChatClient implements AutoCloseable {
    private static final String PONG = "{\"type\":\"pong\"}";

    private final RawWebSocket socket;

    ChatClient(RawWebSocket socket) {
        this.socket = socket;
    }

    static ChatClient open(int port, String user) {
        return new ChatClient(RawWebSocket.open(port, "/chat?token=" + ChatTokens.of(user)));
    }

    /// In a room, by the readme profile.
    static ChatClient in(int port, String user, String room) {
        ChatClient client = open(port, user).join(room);
        assertThat(client.until("\"action\":\"joined\",\"userId\":\"" + user)).contains(room);
        return client;
    }

    /// In a room, by the flat profile.
    static ChatClient flatIn(int port, String user, String room) {
        ChatClient client = open(port, user);
        client.send("{\"type\":\"join\",\"roomId\":\"" + room + "\"}");
        assertThat(client.until("room.joined")).contains(room);
        return client;
    }

    ChatClient join(String room) {
        return send("{\"type\":\"join\",\"payload\":{\"roomId\":\"" + room + "\"}}");
    }

    ChatClient send(String text) {
        socket.text(text);
        return this;
    }

    /// The next frame.
    String next() {
        RawWebSocket.Frame frame = socket.read();
        while (frame.opcode() == RawWebSocket.PING) {
            socket.pong();
            frame = socket.read();
        }
        assertThat(frame.opcode())
                .as("frame %s %s", frame.first(), frame.text())
                .isEqualTo(RawWebSocket.TEXT);
        return frame.text();
    }

    /// The next frame that holds this text; those before it are passed over.
    String until(String text) {
        String frame = next();
        while (!frame.contains(text)) {
            frame = next();
        }
        return frame;
    }

    /// Frames up to now, none of which holds this text.
    void hearsNoMore(String text) {
        send("{\"type\":\"ping\"}");
        for (String frame = next(); !frame.equals(PONG); frame = next()) {
            assertThat(frame).doesNotContain(text);
        }
    }

    /// Nothing has come for it: the answer to a ping is the next thing it reads.
    void hearsNothing() {
        send("{\"type\":\"ping\"}");
        assertThat(next()).isEqualTo(PONG);
    }

    /// Reads up to the close frame and gives its code.
    int closeCode() {
        return socket.readClose().closeCode();
    }

    RawWebSocket socket() {
        return socket;
    }

    @Override
    public void close() {
        socket.close();
    }
}
