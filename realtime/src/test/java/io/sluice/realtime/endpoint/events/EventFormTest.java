package io.sluice.realtime.endpoint.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.bus.Position;
import io.sluice.net.sse.SseFraming;
import io.sluice.realtime.dialect.Dialects;
import io.sluice.realtime.hub.MemberChange;
import io.sluice.realtime.hub.Message;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class EventFormTest {
    private static final Message MESSAGE =
            Message.of(
                            "c",
                            "api",
                            "note",
                            "ann",
                            "{\n\"a\": 1}".getBytes(StandardCharsets.UTF_8),
                            "i",
                            7)
                    .at(new Position("e", 3));

    private final EventText texts = new EventText(new Dialects());

    private String framed(SseFraming framing) {
        EventForm form = new EventForm(texts, framing);
        byte[] text = Objects.requireNonNull(form.text(MESSAGE));
        ByteBuf out = Unpooled.buffer();
        form.frame(text, MESSAGE, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aMessageIsOneLineWithItsPlaceAsId() {
        assertThat(framed(SseFraming.PLAIN))
                .isEqualTo(
                        """
                        id: 3@e
                        data: {"channel":"c","type":"note","from":"ann","data":{ "a": 1},"id":"i","at":7,\
                        "offset":3,"epoch":"e"}

                        """);
    }

    @Test
    void aChunkHoldsExactlyOneEvent() {
        String plain = framed(SseFraming.PLAIN);

        assertThat(framed(SseFraming.CHUNKED))
                .isEqualTo(Integer.toHexString(plain.length()) + "\r\n" + plain + "\r\n");
    }

    @Test
    void whatHappensToARoomIsNotForListeners() {
        EventForm form = new EventForm(texts, SseFraming.PLAIN);
        for (MemberChange.Action action : MemberChange.Action.values()) {
            boolean told =
                    action == MemberChange.Action.JOINED || action == MemberChange.Action.LEFT;
            MemberChange change = new MemberChange("c", "chat", action, "ann", null, 1);

            assertThat(form.text(change) != null).as(action.name()).isEqualTo(told);
        }
    }
}
