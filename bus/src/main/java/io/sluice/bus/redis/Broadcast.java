package io.sluice.bus.redis;

import io.sluice.bus.Listeners;
import io.sluice.bus.Numbered;
import io.sluice.bus.NumberedListener;
import io.sluice.bus.Subscription;
import io.sluice.bus.TopicListener;
import java.util.concurrent.CompletionStage;

/// Messages of both kinds through one server: what this node listens to, what it sends, and what it serves itself
/// while the server is gone.
final class Broadcast {
    private final Listeners<TopicListener, byte[]> plain;
    private final Listeners<NumberedListener, Numbered> numbered;
    private final Interest interest;
    private final Echoes echoes = new Echoes();
    private final Envelope envelope;
    private final Outbox outbox;

    Broadcast(Lettuce lettuce, Setting setting) {
        interest = new Interest(lettuce, setting.config().sharded(), this::isWanted);
        plain = new Listeners<>(Listeners.plain(), interest::changed, setting.metrics());
        numbered = new Listeners<>(Listeners.numbered(), interest::changed, setting.metrics());
        envelope = new Envelope(setting.node());
        outbox = new Outbox(setting, new Here(plain, numbered, echoes, envelope, setting.ticker()));
    }

    private boolean isWanted(String name) {
        return plain.has(name) || numbered.has(name);
    }

    void start() {
        interest.start();
        outbox.start();
    }

    Subscription subscribe(String name, TopicListener listener) {
        return new Heard(plain.add(name, listener), interest.heard(name));
    }

    Subscription subscribeNumbered(String name, NumberedListener listener) {
        return new Heard(numbered.add(name, listener), interest.heard(name));
    }

    /// Any thread, returns at once.
    void send(Outgoing message) {
        outbox.offer(message);
    }

    /// What the server sent; a thread of the library.
    void heard(String name, byte[] payload) {
        if (numbered.has(name)) {
            Envelope.Opened opened = envelope.open(payload);
            if (opened != null) {
                boolean served = opened.ours() && echoes.wasServed(opened.serial());
                Numbered message = opened.message();
                numbered.deliver(name, served ? message.heardBefore() : message);
            }
        }
        if (plain.has(name) && !echoes.wasServed(name, payload)) {
            plain.deliver(name, payload);
        }
    }

    /// Asks a new connection for all names, and waits until it has them.
    int resubscribe(Session session) throws Broken {
        return interest.renew(session);
    }

    void announceGap() {
        plain.names().forEach(plain::gap);
        numbered.names().forEach(numbered::gap);
    }

    void connected(Session session) {
        outbox.use(session);
    }

    void disconnected() {
        interest.forget();
        outbox.use(null);
    }

    void wake() {
        outbox.wake();
    }

    void probeLeaves() {
        echoes.probeLeaves();
    }

    void probeReturned() {
        echoes.probeReturned();
    }

    void close() {
        plain.close();
        numbered.close();
        outbox.close();
        interest.close();
    }

    private record Heard(Subscription inner, CompletionStage<?> ready) implements Subscription {
        @Override
        public void close() {
            inner.close();
        }
    }
}
