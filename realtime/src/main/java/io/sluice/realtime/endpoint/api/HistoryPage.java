package io.sluice.realtime.endpoint.api;

import io.sluice.bus.Position;
import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.core.fail.GatewayException;
import io.sluice.core.json.JsonWriter;
import io.sluice.net.http.Exchange;
import io.sluice.realtime.endpoint.events.ChannelName;
import io.sluice.realtime.endpoint.events.EventId;
import io.sluice.realtime.endpoint.events.EventText;
import io.sluice.realtime.endpoint.events.Query;
import io.sluice.realtime.history.Recovery;
import io.sluice.realtime.hub.ChannelNames;
import io.sluice.realtime.hub.Hub;
import io.sluice.realtime.hub.Message;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// `GET /history`: the newest messages of a channel, or those after the place `since`, in order. 404 for a channel that
/// keeps none.
record HistoryPage(Hub hub, ChannelNames names, EventText texts) implements Asked.Resource {
    private static final int PAGE = 100;
    private static final int LONGEST_PAGE = 1_000;

    @Override
    public void answer(Exchange exchange, Query query) {
        String channel = channel(query, names);
        int limit = query.number("limit", PAGE, 1, LONGEST_PAGE);
        String since = query.one("since");
        if (!hub.keeps(channel)) {
            throw new GatewayException(
                    Failure.of(FailureKind.NOT_FOUND, "This channel keeps no history."));
        }
        CompletionStage<Recovery<Message>> found;
        if (since == null) {
            found = hub.history(channel, limit);
        } else {
            Position after = EventId.parse(since);
            if (after == null) {
                throw new GatewayException(
                        Failure.of(FailureKind.BAD_REQUEST, "since is a place: offset@epoch."));
            }
            found = hub.history(channel, after);
        }
        found.whenCompleteAsync(
                (recovery, problem) -> {
                    if (recovery != null) {
                        Answers.json(exchange, 200, page(channel, recovery, limit));
                    } else {
                        Answers.broken(exchange, problem);
                    }
                },
                exchange.loop().executor());
    }

    /// Full name of the channel a query names.
    static String channel(Query query, ChannelNames names) {
        String name = query.one("channel");
        if (name == null || !ChannelName.isValid(name)) {
            throw new GatewayException(
                    Failure.of(FailureKind.BAD_REQUEST, "Name one channel: ?channel=…"));
        }
        return ChannelName.full(names, name);
    }

    private byte[] page(String channel, Recovery<Message> recovery, int limit) {
        List<Message> all = recovery.messages();
        List<Message> shown = all.subList(0, Math.min(all.size(), limit));
        JsonWriter out = new JsonWriter().openObject().name("channel").value(channel);
        out.name("recovered").value(recovery.recovered()).name("messages").openArray();
        shown.forEach(message -> out.raw(texts.message(message)));
        out.closeArray().name("next");
        Position next = shown.size() < all.size() ? shown.getLast().position() : null;
        if (next == null) {
            out.nothing();
        } else {
            out.value(EventId.text(next));
        }
        EventText.place(out, recovery.latest());
        return out.closeObject().toBytes();
    }
}
