package io.sluice.it.channels;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.RawWebSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// One channel, four ways in: with the built-in configuration, in which rt, chat and subscribers share `demo`.
class AcrossFacesIT {
    private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");
    private static final Pattern GUEST = Pattern.compile("\"id\":\"([^\"]+)\"");

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    @Test
    void whatAnyFaceSaysReachesAllFacesOfTheChannel() {
        RunningGateway gateway =
                gateways.startDefault("realtime.api.keys.default=" + ChannelCalls.KEY);
        int port = gateway.port();
        String pass = gateway.get("/chat/guest-token").body();
        try (EventClient events = EventClient.joined(port, "demo");
                RawWebSocket rt = RawWebSocket.open(port, "/rt");
                RawWebSocket chat = RawWebSocket.open(port, "/chat?token=" + in(TOKEN, pass))) {
            rt.text("{\"type\":\"identify\",\"payload\":{\"groupId\":\"demo\"}}");
            until(rt, "\"presence_update\"");
            chat.text("{\"type\":\"join\",\"roomId\":\"demo\"}");
            until(chat, "room.joined");

            ChannelCalls.publish(gateway, "demo", "\"from a backend\"");
            assertThat(until(chat, "from a backend")).contains("\"roomId\":\"demo\"");
            assertThat(until(rt, "from a backend")).contains("\"type\":\"data_update\"");
            assertThat(until(events, "from a backend")).contains("\"data\":\"from a backend\"");

            chat.text("{\"type\":\"message\",\"roomId\":\"demo\",\"content\":\"from chat\"}");
            assertThat(until(rt, "from chat")).contains("\"type\":\"data_update\"");
            assertThat(until(events, "from chat"))
                    .contains("\"from\":\"" + in(GUEST, pass) + "\"", "\"offset\":");

            rt.text("{\"type\":\"data_update\",\"payload\":{\"say\":\"from rt\"}}");
            until(chat, "from rt");
            until(events, "from rt");

            assertThat(ChannelCalls.get(gateway, "/presence?channel=demo").body())
                    .contains(
                            "\"scope\":\"cluster\",\"connections\":3",
                            "{\"user\":\"" + in(GUEST, pass) + "\",\"status\":\"online\"");
        }
    }

    @Test
    void groupsAndRoomsOfAnyNameAreChannels() {
        RunningGateway gateway =
                gateways.startDefault("realtime.api.keys.default=" + ChannelCalls.KEY);
        String pass = gateway.get("/chat/guest-token").body();
        for (String name : new String[] {"Team Ärger 👍", "n".repeat(256)}) {
            try (EventClient events = events(gateway.port(), "rt:" + name);
                    EventClient more = events(gateway.port(), "chat:" + name);
                    RawWebSocket rt = RawWebSocket.open(gateway.port(), "/rt");
                    RawWebSocket chat =
                            RawWebSocket.open(gateway.port(), "/chat?token=" + in(TOKEN, pass))) {
                rt.text("{\"type\":\"identify\",\"payload\":{\"groupId\":\"" + name + "\"}}");
                until(rt, "\"presence_update\"");
                chat.text("{\"type\":\"join\",\"roomId\":\"" + name + "\"}");
                until(chat, "room.joined");

                ChannelCalls.publish(gateway, "rt:" + name, "\"to the group\"");
                until(rt, "to the group");
                until(events, "to the group");
                ChannelCalls.publish(gateway, "chat:" + name, "\"to the room\"");
                until(chat, "to the room");
                until(more, "to the room");
            }
        }
    }

    private static EventClient events(int port, String channel) {
        EventClient client =
                EventClient.open(
                        port,
                        "/events?channel=" + URLEncoder.encode(channel, StandardCharsets.UTF_8),
                        "X-API-Key: " + ChannelCalls.KEY);
        assertThat(client.next().name()).isEqualTo("joined");
        return client;
    }

    private static String in(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }

    private static String until(RawWebSocket socket, String text) {
        String frame = socket.readText();
        while (!frame.contains(text)) {
            frame = socket.readText();
        }
        return frame;
    }

    private static String until(EventClient events, String text) {
        String data = events.next().data();
        while (!data.contains(text)) {
            data = events.next().data();
        }
        return data;
    }
}
