package io.sluice.bus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// A listener of both kinds that remembers what it heard, in order, a gap as `<gap>`.
public final class Heard implements TopicListener, NumberedListener {
    public static final String GAP = "<gap>";

    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final List<Position> positions = new CopyOnWriteArrayList<>();
    private final AtomicInteger gaps = new AtomicInteger();

    @Override
    public void message(String name, byte[] payload) {
        texts.add(new String(payload, UTF_8));
    }

    @Override
    public void message(String name, Numbered message) {
        positions.add(message.position());
        texts.add(new String(message.payload(), UTF_8));
    }

    @Override
    public void gap(String name) {
        gaps.incrementAndGet();
        texts.add(GAP);
    }

    /// Everything but gaps.
    public List<String> texts() {
        return texts.stream().filter(text -> !text.equals(GAP)).toList();
    }

    public List<Position> positions() {
        return List.copyOf(positions);
    }

    public int gaps() {
        return gaps.get();
    }

    public void awaitTexts(int amount) {
        await().atMost(Duration.ofSeconds(40)).until(() -> texts().size() >= amount);
    }

    /// Starts anew.
    public void forget() {
        texts.clear();
        positions.clear();
        gaps.set(0);
    }

    public static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
