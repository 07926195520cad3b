package io.sluice.realtime.dialect;

import io.netty.buffer.ByteBuf;
import io.sluice.realtime.hub.Outbound;
import io.sluice.realtime.hub.WireForm;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// The forms of one wording, one for each framing. Made once per process, so that all its connections share what was
/// encoded. Any thread.
public final class SocketForms {
    private final Wording wording;
    private final ConcurrentMap<Framing, Framed> forms = new ConcurrentHashMap<>();

    public SocketForms(Wording wording) {
        this.wording = wording;
    }

    public WireForm of(Framing framing) {
        Framed known = forms.get(framing);
        return known != null
                ? known
                : forms.computeIfAbsent(framing, key -> new Framed(wording, key));
    }

    /// Whether this is one of these.
    public boolean has(WireForm form) {
        return form instanceof Framed framed && framed.wording.equals(wording);
    }

    /// The form of these in the framing of another wording's.
    public WireForm like(WireForm form) {
        return form instanceof Framed framed ? of(framed.framing) : of(Framing.WEBSOCKET);
    }

    private static final class Framed implements WireForm {
        private final Wording wording;
        private final Framing framing;

        Framed(Wording wording, Framing framing) {
            this.wording = wording;
            this.framing = framing;
        }

        @Override
        public byte @Nullable [] text(Outbound event) {
            return wording.text(event);
        }

        @Override
        public void frame(byte[] text, @Nullable Outbound event, ByteBuf out) {
            framing.frame(text, out);
        }
    }
}
