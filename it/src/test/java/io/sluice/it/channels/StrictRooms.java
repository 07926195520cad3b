package io.sluice.it.channels;

import static org.awaitility.Awaitility.await;

import io.sluice.it.chat.ChatTokens;
import io.sluice.testkit.RedisProcess;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/// What the room service does with strict rooms: it keeps their members in Redis, and tells who was taken out.
record StrictRooms(RedisProcess redis) {
    /// Signs the tokens of [#bearer].
    static final String SECRET = "a secret of more than thirty-two characters";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// The field with a user's token.
    static String bearer(String user) {
        String claims = "{\"sub\":\"" + user + "\",\"exp\":4102444800}";
        return "Authorization: Bearer " + ChatTokens.signed("HS256", SECRET, claims);
    }

    /// Returns once a gateway listens to what the room service tells.
    void awaitListener() {
        await().atMost(PATIENCE)
                .until(() ->
                        redis.ask("PUBSUB", "NUMSUB", "room.events").equals("[room.events, 1]"));
    }

    void takeIn(String room, String user) {
        redis.ask("SADD", key(room), user);
    }

    /// @param stay told as the members of now
    void takeOut(String room, String user, String... stay) {
        redis.ask("SREM", key(room), user);
        String members =
                List.of(stay).stream()
                        .map(name -> '"' + name + '"')
                        .collect(Collectors.joining(",", "[", "]"));
        redis.ask(
                "PUBLISH",
                "room.events",
                "{\"type\":\"room.member.removed\",\"roomId\":\""
                        + room
                        + "\",\"participantId\":\""
                        + user
                        + "\",\"members\":"
                        + members
                        + "}");
    }

    private static String key(String room) {
        return "room:" + room + ":members";
    }
}
