package io.sluice.realtime.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.sluice.bus.Position;
import io.sluice.core.fail.FailureKind;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

class EnvelopeTest {
    private final Envelope envelope = new Envelope();

    private @Nullable Outbound again(Outbound event) {
        return envelope.decode(event.channel(), envelope.encode(event));
    }

    @Property
    void aMessageComesOutAsItWentIn(
            @ForAll String channel,
            @ForAll String kind,
            @ForAll byte[] body,
            @ForAll long time,
            @ForAll boolean full) {
        Message message =
                new Message(
                        channel,
                        "chat",
                        kind,
                        full ? kind : null,
                        body,
                        new Message.Stamp("id", time, full ? new Position("e", time) : null),
                        full
                                ? new Message.Reach(
                                        Message.Keep.VOLATILE, new ConnectionId(time, 2))
                                : Message.Reach.ALL);

        Message read = (Message) again(message);

        assertNotNull(read);
        assertThat(read.body()).isEqualTo(body);
        assertThat(read)
                .usingRecursiveComparison()
                .ignoringFields("body", "kind", "sender", "channel")
                .isEqualTo(message);
        assertThat(read.channel()).isEqualTo(channel);
    }

    @Example
    void changesAndGapsComeOutAsTheyWentIn() {
        var joined =
                new MemberChange(
                        "c", "chat", MemberChange.Action.JOINED, "é", List.of("a", "é"), 7);
        var left = new MemberChange("c", "chat", MemberChange.Action.LEFT, "u", null, 7);
        var gap = new Gap("c", new Position("e", 3));
        var presence = new PresenceChange("c", "rt", "g", "UP", new byte[] {'{', '}'}, 9);

        assertThat(again(joined)).isEqualTo(joined);
        assertThat(again(left)).isEqualTo(left);
        var crowded =
                new MemberChange("c", "chat", MemberChange.Action.LEFT, "u", null, 900, 7, null);
        assertThat(again(crowded)).isEqualTo(crowded);
        assertThat(again(gap)).isEqualTo(gap);
        assertThat(again(new Gap("c", null))).isEqualTo(new Gap("c", null));
        assertThat(again(presence)).usingRecursiveComparison().isEqualTo(presence);
        var typing = presence.with(Message.Keep.VOLATILE);
        assertThat(again(typing)).usingRecursiveComparison().isEqualTo(typing);
    }

    @Property
    void anyBytesAreAnEventOrNone(@ForAll byte[] bytes) {
        envelope.decode("c", bytes);
        Command.decode(bytes);
    }

    @Property
    void cutOrChangedEnvelopesAreAnEventOrNone(@ForAll int place, @ForAll byte changed) {
        byte[] bytes = envelope.encode(Message.of("c", "f", "k", "s", new byte[9], "i", 1));
        int index = Math.floorMod(place, bytes.length);
        assertThat(envelope.decode("c", Arrays.copyOf(bytes, index))).isNull();
        bytes[index] = changed;
        envelope.decode("c", bytes);
    }

    @Example
    void commandsComeOutAsTheyWentIn() {
        Command command = new Command(Command.Target.USER, "ann", FailureKind.KICKED, "bye");

        assertThat(Command.decode(command.encode())).isEqualTo(command);
        assertThat(Command.decode(new byte[] {2})).isNull();
    }
}
