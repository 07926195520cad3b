package io.sluice.realtime.endpoint.events;

import io.sluice.net.loop.Loop;
import io.sluice.net.loop.PerLoop;
import io.sluice.net.sse.SseFraming;
import io.sluice.realtime.hub.Hub;
import io.sluice.realtime.hub.WireForm;
import io.sluice.realtime.session.AddressLimit;
import io.sluice.realtime.session.Deadlines;
import io.sluice.realtime.session.Places;
import io.sluice.realtime.session.UserLimit;
import java.security.SecureRandom;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;

/// What all event streams share.
final class StreamTerms {
    /// Face of subscribers, in metrics and lists of members.
    static final String FACE = "sse";

    final Hub hub;
    final AddressLimit addresses;
    final UserLimit users;
    private final WireForm chunked;
    private final WireForm plain;
    private final PerLoop<LoopTerms> loops;

    /// What streams of one loop share.
    ///
    /// @param random for ids of connections
    record LoopTerms(Deadlines deadlines, SplittableRandom random) {}

    StreamTerms(Hub hub, EventText texts, Places places, List<Loop> loops) {
        this.hub = hub;
        this.addresses = places.addresses();
        this.users = places.users();
        this.chunked = new EventForm(texts, SseFraming.CHUNKED);
        this.plain = new EventForm(texts, SseFraming.PLAIN);
        SecureRandom seeds = new SecureRandom();
        Iterator<Loop> each = loops.iterator();
        this.loops =
                new PerLoop<>(
                        loops.size(),
                        () ->
                                new LoopTerms(
                                        new Deadlines(each.next()),
                                        new SplittableRandom(seeds.nextLong())));
    }

    WireForm form(SseFraming framing) {
        return switch (framing) {
            case CHUNKED -> chunked;
            case PLAIN -> plain;
        };
    }

    LoopTerms of(Loop loop) {
        return loops.of(loop);
    }
}
