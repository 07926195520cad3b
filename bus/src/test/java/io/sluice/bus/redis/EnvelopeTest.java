package io.sluice.bus.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bus.Position;
import java.io.ByteArrayOutputStream;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;

class EnvelopeTest {
    private final Envelope envelope = new Envelope("node-1");

    @Property
    void whatTheScriptWritesIsRead(
            @ForAll @AlphaChars @NumericChars @StringLength(min = 1, max = 60) String epoch,
            @ForAll long offset,
            @ForAll long serial,
            @ForAll boolean ours,
            @ForAll byte[] payload) {
        String origin = Envelope.origin(ours ? "node-1" : "other/node", serial);
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        wire.writeBytes((epoch + " " + offset + " " + origin + "\n").getBytes(US_ASCII));
        wire.writeBytes(payload);

        Envelope.Opened opened = Objects.requireNonNull(envelope.open(wire.toByteArray()));

        assertThat(opened.message().position()).isEqualTo(new Position(epoch, offset));
        assertThat(opened.message().payload()).isEqualTo(payload);
        assertThat(opened.serial()).isEqualTo(serial);
        assertThat(opened.ours()).isEqualTo(ours);
    }

    @Property
    void otherBytesAreNoMessageAndNoError(@ForAll byte[] bytes) {
        envelope.open(bytes);
    }
}
