package io.sluice.bus.redis;

import static io.sluice.bus.Heard.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.bus.Bus;
import io.sluice.bus.Heard;
import io.sluice.bus.Lease;
import io.sluice.bus.Subscription;
import io.sluice.bus.Table;
import io.sluice.core.telemetry.Metrics;
import io.sluice.testkit.RedisProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What others find in Redis: names and shapes are those of the system that was there before.
class RedisShapesTest {
    private static RedisProcess redis;
    private static RedisProcess rooms;
    private static Bus bus;

    @BeforeAll
    static void start() {
        redis = RedisProcess.start();
        rooms = RedisProcess.start();
        bus =
                TwoNodes.open(
                        "node-1",
                        redis.uri(),
                        TwoNodes.PATIENT + ", roomUrl: '" + rooms.uri() + "'",
                        Metrics.unread());
        await().until(() -> bus.health().isUp());
    }

    @AfterAll
    static void stop() {
        bus.close();
        redis.close();
        rooms.close();
    }

    @Test
    void aMessageTravelsBareOnTheChannelOfItsName() {
        Heard heard = new Heard();
        bus.topics().subscribe("room:r1", heard);
        await().until(() -> redis.ask("PUBSUB", "NUMSUB", "room:r1").equals("[room:r1, 1]"));

        redis.ask("PUBLISH", "room:r1", "{\"id\":\"m\"}");

        heard.awaitTexts(1);
        assertThat(heard.texts()).containsExactly("{\"id\":\"m\"}");
    }

    @Test
    void oneSubscriptionPerNameFromTheFirstListenerToTheLast() {
        List<Subscription> open = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            open.add(bus.topics().subscribe("room:r2", new Heard()));
        }
        await().until(() -> redis.ask("PUBSUB", "NUMSUB", "room:r2").equals("[room:r2, 1]"));

        open.get(0).close();
        open.get(1).close();
        Subscription other = bus.topics().subscribe("room:r2b", new Heard());
        await().until(() -> redis.ask("PUBSUB", "NUMSUB", "room:r2b").equals("[room:r2b, 1]"));
        assertThat(redis.ask("PUBSUB", "NUMSUB", "room:r2")).isEqualTo("[room:r2, 1]");
        open.get(2).close();
        other.close();

        await().until(() -> redis.ask("PUBSUB", "NUMSUB", "room:r2").equals("[room:r2, 0]"));
    }

    @Test
    void tenThousandJoinsAndLeavesLeaveNoSubscription() {
        List<Subscription> open = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            open.add(bus.topics().subscribe("many:" + i % 500, new Heard()));
        }
        await().until(() -> redis.ask("PUBSUB", "CHANNELS", "many:*").split(",", -1).length == 500);
        open.forEach(Subscription::close);

        await().until(() -> redis.ask("PUBSUB", "CHANNELS", "many:*").equals("[]"));
    }

    @Test
    void roomEventsAndStateLiveInTheRoomRedis() {
        Heard heard = new Heard();
        bus.topics().subscribe("room.events", heard);
        await().until(() ->
                rooms.ask("PUBSUB", "NUMSUB", "room.events").equals("[room.events, 1]"));
        bus.topics().publish("room.events", bytes("{}"));
        heard.awaitTexts(1);

        bus.members().add("room:r1:members", "alice");
        assertThat(rooms.ask("SMEMBERS", "room:r1:members")).isEqualTo("[alice]");
        assertThat(rooms.ask("PTTL", "room:r1:members")).isEqualTo("-1");
        assertThat(redis.ask("EXISTS", "room:r1:members")).isEqualTo("0");
    }

    @Test
    void aTableIsAHashWithAnExpiry() {
        bus.table().put("user:alice:room", "r1", "1700000000000", Duration.ofMinutes(5));
        bus.table().put("room:r1:meta", "name", "Lobby", Table.FOREVER);

        assertThat(rooms.ask("HGETALL", "user:alice:room")).isEqualTo("[r1, 1700000000000]");
        assertThat(Long.parseLong(rooms.ask("TTL", "user:alice:room"))).isBetween(290L, 300L);
        assertThat(rooms.ask("HGETALL", "room:r1:meta")).isEqualTo("[name, Lobby]");
        assertThat(rooms.ask("TTL", "room:r1:meta")).isEqualTo("-1");
    }

    @Test
    void leasesAreASortedSetByExpiryInMilliseconds() {
        long before = System.currentTimeMillis();
        bus.leases().take(new Lease("conns:user:alice", "node-1:c1"), Duration.ofSeconds(60));

        String set = rooms.ask("ZRANGE", "conns:user:alice", "0", "-1", "WITHSCORES");

        assertThat(set).startsWith("[node-1:c1, ");
        long score = Long.parseLong(set.substring(set.indexOf(' ') + 1, set.length() - 1));
        assertThat(score - before).isBetween(59_000L, 70_000L);
    }

    @Test
    void aThousandLeasesAreRenewedWithAHandfulOfCommands() {
        List<Lease> leases =
                IntStream.range(0, 1000)
                        .mapToObj(i -> new Lease("conns:user:u" + i, "node-1:c" + i))
                        .toList();
        bus.leases().renew(leases, Duration.ofSeconds(1));
        rooms.ask("CONFIG", "RESETSTAT");

        bus.leases().renew(leases, Duration.ofMinutes(5));

        assertThat(scriptsRun()).isEqualTo(4);
        assertThat(bus.leases().living("conns:user:u999")).containsExactly("node-1:c999");
        assertThat(Long.parseLong(rooms.ask("TTL", "conns:user:u999"))).isGreaterThan(300);
    }

    private static int scriptsRun() {
        Matcher calls =
                Pattern.compile("cmdstat_evalsha:calls=(\\d+)")
                        .matcher(rooms.ask("INFO", "commandstats"));
        return calls.find() ? Integer.parseInt(calls.group(1)) : 0;
    }
}
