package io.sluice.realtime.hub;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One line per event: the body of a message, or what changed.
final class LineForm implements WireForm {
    private final String prefix;
    private final AtomicInteger texts = new AtomicInteger();

    LineForm(String prefix) {
        this.prefix = prefix;
    }

    @Override
    public byte @Nullable [] text(Outbound event) {
        texts.incrementAndGet();
        String text =
                switch (event) {
                    case Message message -> new String(message.body(), StandardCharsets.UTF_8);
                    case MemberChange change -> change.action() + " " + change.userId();
                    case PresenceChange change -> change.who() + " " + change.status();
                    case Gap gap -> "gap " + gap.channel();
                };
        if (text.equals("bug")) {
            throw new IllegalStateException("a form with a bug");
        }
        return text.equals("silent") ? null : (prefix + text).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void frame(byte[] text, @Nullable Outbound event, ByteBuf out) {
        out.writeBytes(text).writeByte('\n');
    }

    /// How often an event was put into words.
    int texts() {
        return texts.get();
    }
}
