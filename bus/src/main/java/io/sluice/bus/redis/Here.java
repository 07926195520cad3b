package io.sluice.bus.redis;

import io.sluice.bus.Listeners;
import io.sluice.bus.Numbered;
import io.sluice.bus.NumberedListener;
import io.sluice.bus.Position;
import io.sluice.bus.TopicListener;
import io.sluice.core.id.IdSource;
import io.sluice.core.time.Ticker;
import java.util.HashMap;
import java.util.Map;

/// Serves the listeners of this node while the server is gone; numbered messages in an epoch of its own for each
/// outage. Only the thread of the [Outbox].
final class Here {
    private final Listeners<TopicListener, byte[]> plain;
    private final Listeners<NumberedListener, Numbered> numbered;
    private final Echoes echoes;
    private final IdSource ids;
    private final Map<String, Long> offsets = new HashMap<>();
    private String epoch;

    Here(
            Listeners<TopicListener, byte[]> plain,
            Listeners<NumberedListener, Numbered> numbered,
            Echoes echoes,
            Ticker ticker) {
        this.plain = plain;
        this.numbered = numbered;
        this.echoes = echoes;
        this.ids = IdSource.seeded(ticker);
        this.epoch = ids.spanId();
    }

    void serve(Outgoing message) {
        switch (message) {
            case Outgoing.Plain(String name, byte[] payload) -> plain.deliver(name, payload);
            case Outgoing.Counted counted -> {
                long offset = offsets.merge(counted.name(), 1L, Long::sum);
                Position place = new Position(epoch, offset);
                echoes.served(counted.serial());
                numbered.deliver(counted.name(), new Numbered(place, counted.payload()));
                counted.place().complete(place);
            }
        }
    }

    /// A message that was served is about to be sent.
    void expectEcho(Outgoing message) {
        switch (message) {
            case Outgoing.Plain(String name, byte[] payload) -> {
                if (plain.has(name)) {
                    echoes.expect(name, payload);
                }
            }
            case Outgoing.Counted counted -> {
                if (!numbered.has(counted.name())) {
                    echoes.forget(counted.serial());
                }
            }
        }
    }

    /// A message that was served will not be sent.
    void giveUp(Outgoing message) {
        if (message instanceof Outgoing.Counted counted) {
            echoes.forget(counted.serial());
        }
    }

    void sendingBegins() {
        echoes.reset();
    }

    /// All that was served has been sent; the next outage is another one.
    void sendingEnds() {
        echoes.sendingEnds();
        offsets.clear();
        epoch = ids.spanId();
    }
}
