package io.sluice.realtime.dialect.chat;

import io.sluice.bus.BadRecordException;
import io.sluice.bus.LogRecord;
import io.sluice.bus.RecordHandler;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonReader;
import io.sluice.core.time.Ticker;
import io.sluice.realtime.hub.ChannelNames;
import io.sluice.realtime.hub.Hub;
import io.sluice.realtime.hub.Message;
import io.sluice.realtime.session.DedupeWindow;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Brings what the chat services created to the members of the room on all nodes. One node of the cluster takes each
/// record; one that is handed to this node again, as happens when partitions move, is not told twice.
final class ChatRecords implements RecordHandler {
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final int MOST = 20_000;
    private static final long MOST_BYTES = 8 * 1024 * 1024;

    private final Hub hub;
    private final ChannelNames names;
    private final DedupeWindow<Boolean> taken;

    ChatRecords(Hub hub, ChannelNames names, Ticker ticker) {
        this.hub = hub;
        this.names = names;
        this.taken = new DedupeWindow<>(ticker, WINDOW, MOST, MOST_BYTES);
    }

    @Override
    public void handle(LogRecord record) throws BadRecordException {
        String kind = ChatTopics.kindOf(record.topic());
        if (kind == null) {
            throw new BadRecordException("a topic of somebody else");
        }
        if (!(JsonReader.read(record.value()) instanceof JsonObject event)) {
            throw new BadRecordException("no JSON object");
        }
        String roomId = ChatReader.trimmed(event.text("roomId"));
        if (roomId.isEmpty()) {
            throw new BadRecordException("no roomId");
        }
        Message message = message(kind, roomId, event, record.value());
        if (message == null) {
            throw new BadRecordException("no id or senderId");
        }
        if (taken.first(record.topic() + ' ' + record.id(), true) == null) {
            hub.publish(message);
        }
    }

    private @Nullable Message message(String kind, String roomId, JsonObject event, byte[] value) {
        String channel =
                kind.equals(ChatTopics.AR_CHUNK)
                        ? Chat.stream(names, roomId)
                        : Chat.room(names, roomId);
        return ChatEvents.message(channel, kind, event, value);
    }
}
