package io.sluice.realtime.dialect;

import io.netty.buffer.ByteBuf;
import io.sluice.net.ws.Frames;
import io.sluice.realtime.hub.Outbound;
import io.sluice.realtime.hub.WireForm;
import org.jspecify.annotations.Nullable;

/// The forms of one wording over WebSockets, one for each framing. Made once per process, so that all its connections
/// share what was encoded.
public final class SocketForms {
    private final WireForm plain;
    private final WireForm deflated;

    public SocketForms(Wording wording) {
        this.plain = new Plain(wording);
        this.deflated = new Plain(wording);
    }

    public WireForm of(Framing framing) {
        return switch (framing) {
            case WEBSOCKET -> plain;
            case WEBSOCKET_DEFLATE -> deflated;
        };
    }

    /// Whether this is one of these.
    public boolean has(WireForm form) {
        return form.equals(plain) || form.equals(deflated);
    }

    /// A form of these in the framing that the other one has.
    public WireForm like(SocketForms others, WireForm form) {
        return form.equals(others.deflated) ? deflated : plain;
    }

    private static final class Plain implements WireForm {
        private final Wording wording;

        Plain(Wording wording) {
            this.wording = wording;
        }

        @Override
        public byte @Nullable [] text(Outbound event) {
            return wording.text(event);
        }

        @Override
        public void frame(byte[] text, @Nullable Outbound event, ByteBuf out) {
            out.ensureWritable(Frames.MAX_HEADER + text.length);
            Frames.textHeader(out, text.length);
            out.writeBytes(text);
        }
    }
}
