package io.sluice.bus;

import static io.sluice.bus.Heard.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What holds for topics wherever they are shared.
public abstract class TopicsContract {
    protected abstract Nodes nodes();

    private Topics here() {
        return nodes().here().topics();
    }

    private Topics there() {
        return nodes().there().topics();
    }

    @Test
    void aMessageReachesEveryListenerOnEveryNodeOnce() {
        String name = Nodes.name("topic");
        List<Heard> all = List.of(new Heard(), new Heard(), new Heard());
        here().subscribe(name, all.get(0));
        here().subscribe(name, all.get(1));
        there().subscribe(name, all.get(2));
        settle(name, all);

        here().publish(name, bytes("one"));
        there().publish(name, bytes("two"));

        for (Heard heard : all) {
            heard.awaitTexts(2);
            assertThat(heard.texts()).containsExactlyInAnyOrder("one", "two");
        }
    }

    @Test
    void nothingIsMissedOnceASubscriptionIsReady() {
        for (int i = 0; i < 20; i++) {
            String name = Nodes.name("topic");
            Heard heard = new Heard();
            here().subscribe(name, heard).ready().toCompletableFuture().join();

            there().publish(name, bytes("one"));

            heard.awaitTexts(1);
        }
    }

    @Test
    void messagesOfOneNameKeepTheirOrder() {
        String name = Nodes.name("topic");
        Heard heard = new Heard();
        there().subscribe(name, heard);
        settle(name, List.of(heard));
        List<String> sent = IntStream.range(0, 2000).mapToObj(Integer::toString).toList();

        sent.forEach(text -> here().publish(name, bytes(text)));

        heard.awaitTexts(sent.size());
        assertThat(heard.texts()).isEqualTo(sent);
    }

    @Test
    void allListenersHearManyPublishersInOneOrder() throws InterruptedException {
        String name = Nodes.name("topic");
        Heard first = new Heard();
        Heard second = new Heard();
        here().subscribe(name, first);
        there().subscribe(name, second);
        settle(name, List.of(first, second));

        List<Thread> publishers = new ArrayList<>();
        for (int p = 0; p < 4; p++) {
            Topics topics = p % 2 == 0 ? here() : there();
            String prefix = "p" + p + "-";
            publishers.add(
                    Thread.ofPlatform()
                            .start(() ->
                                    IntStream.range(0, 500)
                                            .forEach(
                                                    i -> topics.publish(name, bytes(prefix + i)))));
        }
        for (Thread publisher : publishers) {
            publisher.join();
        }

        first.awaitTexts(2000);
        second.awaitTexts(2000);
        assertThat(first.texts()).hasSize(2000).isEqualTo(second.texts());
    }

    @Test
    void aClosedSubscriptionHearsNothingMore() {
        String name = Nodes.name("topic");
        Heard gone = new Heard();
        Heard stays = new Heard();
        Subscription subscription = here().subscribe(name, gone);
        here().subscribe(name, stays);
        settle(name, List.of(gone, stays));

        subscription.close();
        subscription.close();
        there().publish(name, bytes("after"));

        stays.awaitTexts(1);
        assertThat(gone.texts()).isEmpty();
    }

    @Test
    void aListenerThatThrowsCostsNobodyElseTheMessage() {
        String name = Nodes.name("topic");
        Heard heard = new Heard();
        here().subscribe(
                        name,
                        (_, _) -> {
                            throw new IllegalStateException("on purpose");
                        });
        here().subscribe(name, heard);
        settle(name, List.of(heard));

        here().publish(name, bytes("still"));

        heard.awaitTexts(1);
    }

    @Test
    void aListenerMayPublishAndSubscribe() {
        String name = Nodes.name("topic");
        Heard heard = new Heard();
        AtomicBoolean answered = new AtomicBoolean();
        here().subscribe(
                        name,
                        (_, payload) -> {
                            if (payload.length == 4 && answered.compareAndSet(false, true)) {
                                here().subscribe(Nodes.name("other"), new Heard()).close();
                                here().publish(name, bytes("answer"));
                            }
                        });
        here().subscribe(name, heard);
        settle(name, List.of(heard));

        here().publish(name, bytes("call"));

        heard.awaitTexts(2);
        assertThat(heard.texts()).containsExactly("call", "answer");
    }

    @Test
    void tenThousandSubscriptionsComeAndGo() {
        String prefix = Nodes.name("many");
        List<Subscription> open = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            open.add(here().subscribe(prefix + (i % 1000), new Heard()));
        }
        open.forEach(Subscription::close);

        String name = prefix + 7;
        Heard heard = new Heard();
        here().subscribe(name, heard);
        settle(name, List.of(heard));
        there().publish(name, bytes("zero state"));
        heard.awaitTexts(1);
        assertThat(heard.texts()).containsExactly("zero state");
    }

    @Test
    void payloadsAreBytesOfAnyKindAndSize() {
        String name = Nodes.name("topic");
        List<byte[]> got = new CopyOnWriteArrayList<>();
        there().subscribe(name, (_, payload) -> got.add(payload));
        Heard ready = new Heard();
        there().subscribe(name, ready);
        settle(name, List.of(ready));
        got.clear();
        byte[] big = new byte[200_000];
        Arrays.fill(big, (byte) 0xfe);

        here().publish(name, new byte[0]);
        here().publish(name, new byte[] {0, '\r', '\n', -1});
        here().publish(name, big);

        await().until(() -> got.size() == 3);
        assertThat(got.get(0)).isEmpty();
        assertThat(got.get(1)).containsExactly(0, '\r', '\n', -1);
        assertThat(got.get(2)).isEqualTo(big);
    }

    /// Subscribing takes effect a moment later where a server is asked; so ask until everybody hears.
    private void settle(String name, List<Heard> all) {
        await().until(() -> {
            here().publish(name, bytes("settle"));
            return all.stream().allMatch(heard -> heard.texts().contains("settle"));
        });
        String last = "settled";
        here().publish(name, bytes(last));
        for (Heard heard : all) {
            await().until(() -> heard.texts().contains(last));
            heard.forget();
        }
    }
}
