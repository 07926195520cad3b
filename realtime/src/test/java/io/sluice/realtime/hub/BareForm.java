package io.sluice.realtime.hub;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Bare bodies on `room:…`, as others than Sluice may speak it.
final class BareForm implements BusForm {

    @Override
    public String topic(String channel) {
        return "room:" + channel;
    }

    @Override
    public boolean isForeign() {
        return true;
    }

    @Override
    public byte @Nullable [] encode(Outbound event) {
        return event instanceof Message message ? message.body() : null;
    }

    @Override
    public @Nullable Outbound decode(String channel, byte[] payload) {
        return new String(payload, StandardCharsets.UTF_8).startsWith("bad")
                ? null
                : Message.of(channel, "bare", "message", null, payload, "?", 0);
    }
}
