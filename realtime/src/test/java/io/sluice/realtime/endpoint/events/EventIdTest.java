package io.sluice.realtime.endpoint.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bus.Position;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class EventIdTest {
    @Property
    void aPlaceComesBackFromItsText(
            @ForAll @LongRange(min = 0) long offset,
            @ForAll @AlphaChars @NumericChars @StringLength(min = 1, max = 40) String epoch) {
        Position position = new Position(epoch, offset);

        assertThat(EventId.parse(EventId.text(position))).isEqualTo(position);
    }

    @Property
    void anyTextIsAPlaceOrNone(@ForAll String text) {
        Position position = EventId.parse(text);

        assertThat(position == null || position.offset() >= 0).isTrue();
    }

    @Test
    void whatIsNoPlaceIsNone() {
        for (String text : new String[] {"", "@", "1@", "@e", "-1@e", "x@e", "1", "1 @e"}) {
            assertThat(EventId.parse(text)).as(text).isNull();
        }
        assertThat(EventId.parse(null)).isNull();
        assertThat(EventId.parse("1@" + "e".repeat(200))).isNull();
    }
}
