package io.sluice.realtime.endpoint.events;

import io.netty.buffer.ByteBuf;
import io.sluice.bus.Position;
import io.sluice.net.sse.SseFrames;
import io.sluice.net.sse.SseFraming;
import io.sluice.realtime.hub.Gap;
import io.sluice.realtime.hub.MemberChange;
import io.sluice.realtime.hub.Message;
import io.sluice.realtime.hub.Outbound;
import io.sluice.realtime.hub.PresenceChange;
import io.sluice.realtime.hub.WireForm;
import org.jspecify.annotations.Nullable;

/// How subscribers of one framing are written to. Messages are events without a name, so that `onmessage` of a browser
/// hears them; what else happens has a name. Texts sent to one client alone are whole events.
final class EventForm implements WireForm {
    private final EventText texts;
    private final SseFraming framing;

    EventForm(EventText texts, SseFraming framing) {
        this.texts = texts;
        this.framing = framing;
    }

    /// On one line: a line break in JSON stands between tokens only, where a space means the same.
    @Override
    public byte @Nullable [] text(Outbound event) {
        byte[] text = texts.of(event);
        if (text != null) {
            for (int i = 0; i < text.length; i++) {
                if (text[i] == '\n' || text[i] == '\r') {
                    text[i] = ' ';
                }
            }
        }
        return text;
    }

    @Override
    public void frame(byte[] text, @Nullable Outbound event, ByteBuf out) {
        switch (event) {
            case null -> SseFrames.append(out, framing, text);
            case Message message -> {
                Position position = message.position();
                String id = position == null ? null : EventId.text(position);
                SseFrames.append(out, framing, id, null, text);
            }
            case PresenceChange _ -> SseFrames.append(out, framing, null, "presence", text);
            case MemberChange _ -> SseFrames.append(out, framing, null, "members", text);
            case Gap _ -> SseFrames.append(out, framing, null, "gap", text);
        }
    }
}
