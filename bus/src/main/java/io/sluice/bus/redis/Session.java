package io.sluice.bus.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.pubsub.RedisPubSubListener;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The two connections to a server, one to ask and one to hear, from connecting until the first of them breaks.
final class Session {
    private static final Pattern RUN = Pattern.compile("run_id:(\\w{1,64})");

    private final RedisURI place;
    private final String era;
    private final StatefulRedisConnection<String, byte[]> asking;
    private final StatefulRedisPubSubConnection<String, byte[]> hearing;
    private final CountDownLatch broken = new CountDownLatch(1);
    private volatile CountDownLatch echo = new CountDownLatch(1);
    private volatile String why = "the connection broke";

    /// Whether messages go to the server and are heard by their echo; else this node still serves itself.
    private volatile boolean settled;

    private Session(
            RedisURI place,
            String era,
            StatefulRedisConnection<String, byte[]> asking,
            StatefulRedisPubSubConnection<String, byte[]> hearing) {
        this.place = place;
        this.era = era;
        this.asking = asking;
        this.hearing = hearing;
        RedisConnectionStateListener ends =
                new RedisConnectionStateListener() {
                    @Override
                    public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
                        breakOff();
                    }
                };
        asking.addListener(ends);
        hearing.addListener(ends);
        if (!asking.isOpen() || !hearing.isOpen()) {
            breakOff();
        }
    }

    private void breakOff() {
        broken.countDown();
        echo.countDown();
    }

    static Session open(
            Lettuce lettuce, Server server, RedisPubSubListener<String, byte[]> listener)
            throws Broken {
        RedisURI place = server.find();
        StatefulRedisConnection<String, byte[]> asking = lettuce.connect(place);
        try {
            String era = server.isWatched() ? era(lettuce.await(asking.async().info())) : "";
            StatefulRedisPubSubConnection<String, byte[]> hearing = lettuce.connectPubSub(place);
            hearing.addListener(listener);
            return new Session(place, era, asking, hearing);
        } catch (Broken e) {
            asking.closeAsync();
            throw e;
        }
    }

    /// From what a master says of itself. One that has just become a replica is none to work with.
    private static String era(String said) throws Broken {
        Matcher run = RUN.matcher(said);
        if (!said.contains("role:master") || !run.find()) {
            throw new Broken("it is not the master");
        }
        return run.group(1);
    }

    /// Where the server is.
    RedisURI place() {
        return place;
    }

    /// Which server it is, when it may have taken the place of another without all that this one had promised; else
    /// empty.
    String era() {
        return era;
    }

    RedisAsyncCommands<String, byte[]> commands() {
        return asking.async();
    }

    StatefulRedisConnection<String, byte[]> asking() {
        return asking;
    }

    StatefulRedisPubSubConnection<String, byte[]> hearing() {
        return hearing;
    }

    boolean isBroken() {
        return broken.getCount() == 0;
    }

    /// Waits until it breaks, but not longer than this.
    ///
    /// @return whether it is broken
    boolean awaitBroken(long millis) throws InterruptedException {
        return broken.await(millis, TimeUnit.MILLISECONDS);
    }

    /// Before a probe is sent.
    void expectEcho() {
        echo = new CountDownLatch(1);
    }

    /// The probe came back.
    void echoed() {
        echo.countDown();
    }

    /// Waits for the probe to come back.
    void awaitEcho(long millis) throws Broken, InterruptedException {
        if (!isBroken() && !echo.await(millis, TimeUnit.MILLISECONDS)) {
            throw new Broken("a probe did not come back within " + millis + " ms");
        }
        if (isBroken()) {
            throw brokenOff();
        }
    }

    /// Why it is broken.
    Broken brokenOff() {
        return new Broken(why);
    }

    /// Ends it, as the server does not take what is asked of it. Any thread.
    void end(Refusal refusal) {
        why = refusal.why();
        close();
    }

    boolean isSettled() {
        return settled && !isBroken();
    }

    void settle() {
        settled = true;
    }

    /// Any thread, more than once.
    void close() {
        breakOff();
        asking.closeAsync();
        hearing.closeAsync();
    }
}
