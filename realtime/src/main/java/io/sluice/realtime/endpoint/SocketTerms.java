package io.sluice.realtime.endpoint;

import io.sluice.net.loop.Loop;
import io.sluice.net.loop.PerLoop;
import io.sluice.net.ws.WsHandshake;
import io.sluice.realtime.dialect.Face;
import io.sluice.realtime.dialect.Framing;
import io.sluice.realtime.hub.Hub;
import io.sluice.realtime.session.AddressLimit;
import io.sluice.realtime.session.Deadlines;
import io.sluice.realtime.session.FrameRate;
import io.sluice.realtime.session.Places;
import io.sluice.realtime.session.RealtimeLimits;
import io.sluice.realtime.session.UserLimit;
import java.security.SecureRandom;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;

/// What all sockets of one face share.
final class SocketTerms {
    final Hub hub;
    final Face face;
    final String id;
    final FrameRate rate;
    final AddressLimit addresses;
    final UserLimit users;

    /// Longest silence of a client; 0 for any.
    final long silenceNanos;

    private final PerLoop<LoopTerms> loops;

    /// What sockets of one loop share.
    ///
    /// @param random for ids of connections
    /// @param deflated for sockets that take compressed frames
    record LoopTerms(Deadlines deadlines, SplittableRandom random, Framing deflated) {

        static LoopTerms of(Loop loop, long seed, WsHandshake handshake) {
            return new LoopTerms(
                    new Deadlines(loop),
                    new SplittableRandom(seed),
                    Framing.deflated(handshake.deflation(loop)));
        }
    }

    SocketTerms(
            Face face,
            Hub hub,
            WsHandshake handshake,
            RealtimeLimits limits,
            Places places,
            List<Loop> loops) {
        this.hub = hub;
        this.face = face;
        this.id = face.dialect().id();
        this.rate = FrameRate.of(limits);
        this.addresses = places.addresses();
        this.users = places.users();
        this.silenceNanos = face.silence().toNanos();
        SecureRandom seeds = new SecureRandom();
        Iterator<Loop> each = loops.iterator();
        this.loops =
                new PerLoop<>(
                        loops.size(), () -> LoopTerms.of(each.next(), seeds.nextLong(), handshake));
    }

    LoopTerms of(Loop loop) {
        return loops.of(loop);
    }
}
