package io.sluice.realtime.hub;

import io.sluice.bus.Bus;
import io.sluice.bus.Numbered;
import io.sluice.bus.NumberedTopics;
import io.sluice.bus.Portion;
import io.sluice.bus.Position;
import io.sluice.bus.Replay;
import io.sluice.bus.Retention;
import io.sluice.bus.Subscription;
import io.sluice.bus.TopicListener;
import io.sluice.bus.Topics;
import io.sluice.realtime.history.Histories;
import io.sluice.realtime.history.HistoryConfig;
import io.sluice.realtime.history.Recovery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Relay of a node in a cluster. An event goes to the topic of its channel and comes back from there, to this node as
/// to all others, so all see one order. Messages of channels with history go through a numbered topic, which gives them
/// their place and keeps them.
///
/// Where the form of a channel is spoken by others too, its kept messages are also sent in that form, with a space
/// behind: to a reader of JSON it is nothing, and to us it says that the message comes with a place by the other way.
final class BusRelay implements Relay {
    private static final String CONTROL = "sluice:control";
    private static final String KEPT = "sluice:kept:";
    private static final byte MARK = ' ';

    private final Topics topics;
    private final NumberedTopics numbered;
    private final BusForms forms;
    private final Histories histories;
    private final Fanout fanout;
    private final HubListener listener;

    BusRelay(Bus bus, BusForms forms, Histories histories, Fanout fanout, HubListener listener) {
        this.topics = bus.topics();
        this.numbered = bus.numberedTopics();
        this.forms = forms;
        this.histories = histories;
        this.fanout = fanout;
        this.listener = listener;
    }

    /// Takes commands of all nodes, until the bus is closed.
    void obey(Consumer<Command> order) {
        Subscription control =
                topics.subscribe(
                        CONTROL,
                        (name, payload) -> {
                            Command command = Command.decode(payload);
                            if (command == null) {
                                listener.unreadable();
                            } else {
                                order.accept(command);
                            }
                        });
        control.ready();
    }

    @Override
    public void command(Command command) {
        topics.publish(CONTROL, command.encode());
    }

    @Override
    public void publish(Outbound event) {
        BusForm form = forms.of(event.channel());
        if (event instanceof Message message && message.keep() == Message.Keep.KEPT) {
            HistoryConfig limits = histories.of(event.channel());
            if (limits != null) {
                publishKept(message, form, limits);
                return;
            }
        }
        byte[] payload = form.encode(event);
        if (payload == null) {
            fanout.spread(event);
        } else {
            topics.publish(form.topic(event.channel()), payload);
        }
    }

    private void publishKept(Message message, BusForm form, HistoryConfig limits) {
        numbered.publish(
                KEPT + message.channel(),
                forms.standard().encode(message),
                new Retention(limits.size(), limits.ttl()));
        byte[] bare = form.isForeign() ? form.encode(message) : null;
        if (bare != null) {
            byte[] marked = Arrays.copyOf(bare, bare.length + 1);
            marked[bare.length] = MARK;
            topics.publish(form.topic(message.channel()), marked);
        }
    }

    @Override
    public Subscription subscribe(String channel) {
        BusForm form = forms.of(channel);
        Subscription plain = topics.subscribe(form.topic(channel), new Ear(channel, form));
        if (!keeps(channel)) {
            return plain;
        }
        Follower follower = new Follower(KEPT + channel, channel, this, fanout, listener);
        Subscription kept = numbered.subscribe(KEPT + channel, follower);
        follower.start(kept.ready(), numbered);
        return new Both(plain, kept);
    }

    @Override
    public boolean keeps(String channel) {
        return histories.of(channel) != null;
    }

    @Override
    public CompletionStage<Recovery<Message>> since(String channel, @Nullable Position after) {
        if (after == null) {
            return numbered.latest(KEPT + channel)
                    .handle((latest, failure) -> Recovery.lost(latest));
        }
        HistoryConfig limits = histories.of(channel);
        if (limits == null) {
            return CompletableFuture.completedFuture(Recovery.lost(null));
        }
        return numbered.since(KEPT + channel, after, portion(limits, limits.size()))
                .handle((replay, failure) -> recovery(channel, replay))
                .thenApply(found ->
                        fitting(found.messages(), limits) == found.messages().size()
                                ? found
                                : Recovery.lost(found.latest()));
    }

    private static Portion portion(HistoryConfig limits, int messages) {
        return new Portion(messages, limits.maxBytes());
    }

    /// How many of the newest messages are within what the channel may keep in bytes, since what is handed out must fit
    /// the outbox of a client. The server counts envelopes; each counts here as it does on a node that is alone.
    private static int fitting(List<Message> messages, HistoryConfig limits) {
        long bytes = 0;
        int count = 0;
        for (Message message : messages.reversed()) {
            bytes += KeptChannel.bytes(message);
            if (bytes > limits.maxBytes()) {
                return count;
            }
            count++;
        }
        return count;
    }

    private Recovery<Message> recovery(String channel, @Nullable Replay replay) {
        if (replay == null) {
            return Recovery.lost(null);
        }
        List<Message> messages = new ArrayList<>(replay.messages().size());
        for (Numbered one : replay.messages()) {
            Message message = decode(channel, one);
            if (message != null) {
                messages.add(message);
            }
        }
        return new Recovery<>(replay.recovered(), messages, replay.latest());
    }

    @Nullable Message decode(String channel, Numbered kept) {
        if (forms.standard().decode(channel, kept.payload()) instanceof Message message) {
            return message.at(kept.position());
        }
        listener.unreadable();
        return null;
    }

    @Override
    public CompletionStage<Recovery<Message>> newest(String channel, int most) {
        HistoryConfig limits = histories.of(channel);
        if (limits == null) {
            return CompletableFuture.completedFuture(Recovery.lost(null));
        }
        return numbered.newest(KEPT + channel, portion(limits, Math.min(most, limits.size())))
                .handle((replay, failure) -> recovery(channel, replay))
                .thenApply(found -> newest(found, limits));
    }

    private static Recovery<Message> newest(Recovery<Message> found, HistoryConfig limits) {
        List<Message> messages = found.messages();
        int from = messages.size() - fitting(messages, limits);
        return new Recovery<>(
                found.recovered(), messages.subList(from, messages.size()), found.latest());
    }

    /// The shared server keeps them.
    @Override
    public long keptBytes() {
        return 0;
    }

    /// What comes without a place.
    private final class Ear implements TopicListener {
        private final String channel;
        private final BusForm form;

        Ear(String channel, BusForm form) {
            this.channel = channel;
            this.form = form;
        }

        @Override
        public void message(String name, byte[] payload) {
            if (form.isForeign() && payload.length > 0 && payload[payload.length - 1] == MARK) {
                return;
            }
            Outbound event = form.decode(channel, payload);
            if (event == null) {
                listener.unreadable();
            } else {
                fanout.spread(event);
            }
        }

        /// In channels with history the numbered topic tells of the gap.
        @Override
        public void gap(String name) {
            if (!keeps(channel)) {
                listener.gap();
                fanout.spread(new Gap(channel, null));
            }
        }
    }

    private record Both(Subscription first, Subscription second) implements Subscription {
        @Override
        public CompletionStage<?> ready() {
            return CompletableFuture.allOf(
                    first.ready().toCompletableFuture(), second.ready().toCompletableFuture());
        }

        @Override
        public void close() {
            first.close();
            second.close();
        }
    }
}
