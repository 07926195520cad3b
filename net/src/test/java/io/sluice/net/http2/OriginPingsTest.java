package io.sluice.net.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.net.http2.OriginProbe.Heard;
import io.sluice.testkit.LeakCheck;
import io.sluice.testkit.RawHttp2;
import io.sluice.testkit.RawHttp2.Frame;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class OriginPingsTest {
    private static final int ACK = 1;
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void anOriginThatAnswersIsAskedAgainAndAgainAndKept() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                OriginProbe probe =
                        new OriginProbe(
                                listener.getLocalPort(), new OriginPings.Pace(SHORT, LONG));
                RawHttp2 origin = new RawHttp2(listener.accept())) {
            origin.settings().send();
            for (int i = 0; i < 3; i++) {
                Frame ping = origin.await(RawHttp2.PING);
                assertThat(ping.payload()).hasSize(8);
                origin.frame(RawHttp2.PING, ACK, 0, ping.payload()).send();
            }
            assertThat(probe.onLoop(probe.connection::open)).isTrue();
            assertThat(probe.closes).isEmpty();
        }
    }

    @Test
    void anOriginThatAnswersNothingIsClosedAndItsCallsFail() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                OriginProbe probe =
                        new OriginProbe(
                                listener.getLocalPort(), new OriginPings.Pace(SHORT, SHORT));
                RawHttp2 origin = new RawHttp2(listener.accept())) {
            origin.settings().send();
            Heard heard = probe.get("/");

            assertThat(probe.closes.poll(30, TimeUnit.SECONDS)).isEqualTo("closed");
            assertThat(heard.next()).startsWith("failed BROKEN_REPLY");
            assertThat(probe.onLoop(probe.connection::open)).isFalse();
        }
    }
}
