package io.sluice.bus.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.sluice.bus.Numbered;
import io.sluice.bus.Position;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// How a numbered message travels: `epoch offset node/serial`, a line feed, the payload.
final class Envelope {
    private static final int LONGEST_HEAD = 256;

    private final String node;

    Envelope(String node) {
        this.node = node;
    }

    /// @param ours whether this node sent it, as its message `serial`
    record Opened(Numbered message, boolean ours, long serial) {}

    static String origin(String node, long serial) {
        return node + "/" + serial;
    }

    /// A message of this node as it travels.
    byte[] seal(Outgoing.Counted message, Position place) {
        String head = place.epoch() + ' ' + place.offset() + ' ' + origin(node, message.serial());
        byte[] start = (head + '\n').getBytes(US_ASCII);
        byte[] payload = message.payload();
        byte[] sealed = Arrays.copyOf(start, start.length + payload.length);
        System.arraycopy(payload, 0, sealed, start.length, payload.length);
        return sealed;
    }

    /// The message, or null when these bytes are none of ours.
    @Nullable Opened open(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && end < LONGEST_HEAD && bytes[end] != '\n') {
            end++;
        }
        if (end == bytes.length || end == LONGEST_HEAD) {
            return null;
        }
        String[] head = new String(bytes, 0, end, US_ASCII).split(" ", -1);
        int slash = head.length == 3 ? head[2].lastIndexOf('/') : -1;
        if (slash < 0) {
            return null;
        }
        try {
            Position position = new Position(head[0], Long.parseLong(head[1]));
            long serial = Long.parseLong(head[2].substring(slash + 1));
            byte[] payload = Arrays.copyOfRange(bytes, end + 1, bytes.length);
            boolean ours = head[2].substring(0, slash).equals(node);
            return new Opened(new Numbered(position, payload), ours, serial);
        } catch (NumberFormatException _) {
            return null;
        }
    }
}
