package io.sluice.realtime.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ChannelNamesTest {

    @Test
    void aFaceNamesItsOwnChannels() {
        ChannelNames names = ChannelNames.STANDARD;

        assertThat(names.channel("rt", "g1")).isEqualTo("rt:g1");
        assertThat(names.local("rt", "rt:g1")).isEqualTo("g1");
        assertThat(names.local("rt", "rt:")).isEmpty();
        assertThat(names.local("chat", "rt:g1")).isNull();
        assertThat(names.local("rt", "rtx:g1")).isNull();
    }

    @Test
    void severalFacesShareAChannel() {
        ChannelNames names =
                new ChannelNames(Map.of("lobby", Map.of("rt", "g1", "chat", "room-1")));

        assertThat(names.channel("rt", "g1")).isEqualTo("lobby");
        assertThat(names.channel("chat", "room-1")).isEqualTo("lobby");
        assertThat(names.channel("chat", "g1")).isEqualTo("chat:g1");
        assertThat(names.local("rt", "lobby")).isEqualTo("g1");
        assertThat(names.local("chat", "lobby")).isEqualTo("room-1");
        assertThat(names.local("sio", "lobby")).isNull();
    }

    @Test
    void aStarStandsForTheSameCharactersOnBothSides() {
        ChannelNames names =
                new ChannelNames(
                        Map.of(
                                "team-*",
                                Map.of("rt", "t-*-live", "chat", "*"),
                                "team-x",
                                Map.of("rt", "t-x-live")));

        assertThat(names.channel("rt", "t-red-live")).isEqualTo("team-red");
        assertThat(names.channel("rt", "t-x-live")).isEqualTo("team-x");
        assertThat(names.channel("rt", "t-live")).isEqualTo("rt:t-live");
        assertThat(names.channel("chat", "red")).isEqualTo("team-red");
        assertThat(names.local("rt", "team-red")).isEqualTo("t-red-live");
        assertThat(names.local("chat", "team-red")).isEqualTo("red");
    }

    @Test
    void starsThatDoNotMatchAreReported() {
        assertThat(ChannelNames.check(Map.of("a-*", Map.of("rt", "b")))).hasSize(1);
        assertThat(ChannelNames.check(Map.of("a", Map.of("rt", "b-*")))).hasSize(1);
        assertThat(ChannelNames.check(Map.of("*-*", Map.of("rt", "*-*")))).hasSize(1);
        assertThat(ChannelNames.check(Map.of("a-*", Map.of("rt", "*"), "b", Map.of("rt", "c"))))
                .isEmpty();
    }
}
