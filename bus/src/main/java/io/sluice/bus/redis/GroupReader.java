package io.sluice.bus.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.Consumer;
import io.lettuce.core.RedisBusyException;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.api.StatefulRedisConnection;
import io.sluice.bus.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reads a stream for a group: first what an earlier member left unfinished, then what is new. All members read
/// under one name, in turn. One thread.
final class GroupReader {
    private static final String READER = "turn";
    private static final String THERE_ALREADY = RedisBusyException.class.getSimpleName();
    private static final int MOST_AT_ONCE = 100;
    private static final long WAIT_MILLIS = 500;

    private final StatefulRedisConnection<String, byte[]> connection;
    private final Lettuce lettuce;
    private final String topic;
    private final String group;
    private boolean unfinished = true;

    /// Whether the group was just made anew.
    private boolean made;

    GroupReader(
            StatefulRedisConnection<String, byte[]> connection,
            Lettuce lettuce,
            String topic,
            String group) {
        this.connection = connection;
        this.lettuce = lettuce;
        this.topic = topic;
        this.group = group;
    }

    /// A record and its entry in the stream.
    record Read(LogRecord record, String id) {}

    /// Makes the group, from now on, unless it is there.
    void join() throws Broken {
        create("$");
    }

    private void create(String from) throws Broken {
        try {
            lettuce.await(
                    connection
                            .async()
                            .xgroupCreate(
                                    StreamOffset.from(topic, from),
                                    group,
                                    XGroupCreateArgs.Builder.mkstream()));
        } catch (Broken e) {
            if (!e.why().equals(THERE_ALREADY)) {
                throw e;
            }
        }
    }

    /// Looks for unfinished records again.
    void restart() {
        unfinished = true;
    }

    /// The next records; none when nothing came for half a second.
    List<Read> next() throws Broken {
        StreamOffset<String> from =
                unfinished ? StreamOffset.from(topic, "0") : StreamOffset.lastConsumed(topic);
        XReadArgs how =
                unfinished
                        ? XReadArgs.Builder.count(MOST_AT_ONCE)
                        : XReadArgs.Builder.count(MOST_AT_ONCE).block(WAIT_MILLIS);
        List<StreamMessage<String, byte[]>> messages;
        try {
            messages = read(how, from);
            made = false;
        } catch (Broken e) {
            if (made || !e.isRefusal()) {
                throw e;
            }
            // The server lost the group, and the stream with it.
            create("0");
            made = true;
            return List.of();
        }
        if (unfinished && messages.isEmpty()) {
            unfinished = false;
        }
        List<Read> read = new ArrayList<>();
        for (StreamMessage<String, byte[]> message : messages) {
            read.add(new Read(record(message), message.getId()));
        }
        return read;
    }

    @SuppressWarnings("unchecked") // an array of one offset
    private List<StreamMessage<String, byte[]>> read(XReadArgs how, StreamOffset<String> from)
            throws Broken {
        return lettuce.await(
                connection.async().xreadgroup(Consumer.from(group, READER), how, from));
    }

    private LogRecord record(StreamMessage<String, byte[]> message) {
        Map<String, byte[]> body = message.getBody() == null ? Map.of() : message.getBody();
        byte[] key = body.getOrDefault(RedisLog.KEY, new byte[0]);
        byte[] value = body.getOrDefault(RedisLog.VALUE, new byte[0]);
        return new LogRecord(topic, new String(key, UTF_8), value, message.getId());
    }

    void done(Read read) throws Broken {
        lettuce.await(connection.async().xack(topic, group, read.id()));
    }
}
