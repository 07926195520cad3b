package io.sluice.realtime.hub;

import io.netty.buffer.ByteBuf;
import io.sluice.bus.Position;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// One line per message: its offset.
final class PositionForm implements WireForm {

    @Override
    public byte @Nullable [] text(Outbound event) {
        Position position = event instanceof Message message ? message.position() : null;
        String text = position == null ? "-" : Long.toString(position.offset());
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void frame(byte[] text, @Nullable Outbound event, ByteBuf out) {
        out.writeBytes(text).writeByte('\n');
    }
}
