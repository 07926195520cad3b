package io.sluice.bus.redis;

import io.sluice.bus.Listeners;
import io.sluice.bus.Numbered;
import io.sluice.bus.NumberedListener;
import io.sluice.bus.Position;
import io.sluice.bus.TopicListener;
import io.sluice.core.id.IdSource;
import io.sluice.core.time.Ticker;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Serves the listeners of this node while the server is gone, and gives numbered messages that it cannot keep their
/// places; in an epoch of its own for each outage. Only the thread of the [Outbox].
final class Here {
    /// A server that refuses to keep anything may do so for long, and for ever new names: when so many have their
    /// numbers here, all begin anew.
    static final int MOST_NAMES = 65_536;

    private final Listeners<TopicListener, byte[]> plain;
    private final Listeners<NumberedListener, Numbered> numbered;
    private final Echoes echoes;
    private final Envelope envelope;
    private final IdSource ids;
    private final Map<String, Long> offsets = new HashMap<>();
    private String epoch;

    Here(
            Listeners<TopicListener, byte[]> plain,
            Listeners<NumberedListener, Numbered> numbered,
            Echoes echoes,
            Envelope envelope,
            Ticker ticker) {
        this.plain = plain;
        this.numbered = numbered;
        this.echoes = echoes;
        this.envelope = envelope;
        this.ids = IdSource.seeded(ticker);
        this.epoch = ids.spanId();
    }

    void serve(Outgoing message) {
        switch (message) {
            case Outgoing.Plain(String name, byte[] payload) -> plain.deliver(name, payload);
            case Outgoing.Counted counted -> {
                Position place = placeOf(counted);
                echoes.served(counted.serial());
                numbered.deliver(counted.name(), new Numbered(place, counted.payload()));
                counted.place().complete(place);
            }
            case Outgoing.Unkept unkept -> {
                // An earlier outage may have had it served.
                if (echoes.served(unkept.serial())) {
                    numbered.deliver(unkept.name(), new Numbered(unkept.place(), unkept.payload()));
                }
            }
        }
    }

    private Position placeOf(Outgoing.Counted message) {
        if (offsets.size() >= MOST_NAMES && !offsets.containsKey(message.name())) {
            beginEpoch();
        }
        return new Position(epoch, offsets.merge(message.name(), 1L, Long::sum));
    }

    /// A message that the server does not keep, as it can still be sent to all.
    Outgoing unkept(Outgoing.Counted message) {
        Position place = placeOf(message);
        message.place().complete(place);
        return new Outgoing.Unkept(
                message.name(),
                message.payload(),
                message.serial(),
                place,
                envelope.seal(message, place));
    }

    /// A message that was served is about to be sent.
    void expectEcho(Outgoing message) {
        switch (message) {
            case Outgoing.Plain(String name, byte[] payload) -> {
                if (plain.has(name)) {
                    echoes.expect(name, payload);
                }
            }
            case Outgoing.Counted(String name, _, _, long serial, _) -> expectEcho(name, serial);
            case Outgoing.Unkept(String name, _, long serial, _, _) -> expectEcho(name, serial);
        }
    }

    private void expectEcho(String name, long serial) {
        if (!numbered.has(name)) {
            echoes.forget(serial);
        }
    }

    /// A message that was served will not be sent.
    void giveUp(Outgoing message) {
        switch (message) {
            case Outgoing.Plain _ -> {}
            case Outgoing.Counted counted -> echoes.forget(counted.serial());
            case Outgoing.Unkept unkept -> echoes.forget(unkept.serial());
        }
    }

    /// @param held all that is to be sent
    void sendingBegins(Collection<Outgoing> held) {
        echoes.reset();
        Set<Long> serials = new HashSet<>();
        for (Outgoing message : held) {
            switch (message) {
                case Outgoing.Plain _ -> {}
                case Outgoing.Counted counted -> serials.add(counted.serial());
                case Outgoing.Unkept unkept -> serials.add(unkept.serial());
            }
        }
        echoes.keepOnly(serials);
    }

    /// All that was served has been sent; the next outage is another one.
    void sendingEnds() {
        echoes.sendingEnds();
        beginEpoch();
    }

    private void beginEpoch() {
        offsets.clear();
        epoch = ids.spanId();
    }
}
