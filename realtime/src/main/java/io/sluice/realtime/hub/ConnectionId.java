package io.sluice.realtime.hub;

import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Name of one connection, unique in the cluster: a UUID of version 4. As unguessable as the generator it came from.
public record ConnectionId(long high, long low) {

    public static ConnectionId random(RandomGenerator random) {
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new ConnectionId(high, low);
    }

    /// @return null for text that is not a UUID
    public static @Nullable ConnectionId parse(String text) {
        if (text.length() != 36) {
            return null;
        }
        try {
            UUID id = UUID.fromString(text);
            return new ConnectionId(id.getMostSignificantBits(), id.getLeastSignificantBits());
        } catch (IllegalArgumentException notAnId) {
            return null;
        }
    }

    /// 36 characters, lower case.
    public String text() {
        return new UUID(high, low).toString();
    }

    @Override
    public String toString() {
        return text();
    }
}
