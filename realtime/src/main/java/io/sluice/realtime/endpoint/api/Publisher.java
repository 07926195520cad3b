package io.sluice.realtime.endpoint.api;

import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.core.fail.GatewayException;
import io.sluice.core.json.JsonWriter;
import io.sluice.core.telemetry.Count;
import io.sluice.core.telemetry.Counters;
import io.sluice.core.telemetry.Metrics;
import io.sluice.net.http.Exchange;
import io.sluice.net.loop.Loop;
import io.sluice.realtime.hub.Hub;
import io.sluice.realtime.hub.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Publishes what backends say. To clients it is from `from`, and of the type the call names. Any loop.
final class Publisher {
    /// Where messages of backends come from; no dialect has this id.
    static final String FACE = "api";

    private static final int LONGEST_TYPE = 64;
    private static final int LONGEST_SENDER = 255;
    private static final String TYPE = "message";

    private final Hub hub;
    private final int maxMessage;
    private final IdempotencyKeys idempotency;
    private final Count published;
    private final Count repeated;

    Publisher(Hub hub, int maxMessage, IdempotencyKeys idempotency, Metrics metrics) {
        this.hub = hub;
        this.maxMessage = maxMessage;
        this.idempotency = idempotency;
        Counters counts =
                metrics.counters(
                        "gateway_channel_api_messages_total",
                        "Messages of the server API: published, or repeated under a known idempotency key.",
                        "event");
        this.published = counts.of("published");
        this.repeated = counts.of("repeated");
    }

    /// What is to be said, wherever.
    @SuppressWarnings("ArrayRecordComponent") // never changed or compared
    private record Word(String kind, @Nullable String sender, byte[] body, Message.Reach reach) {}

    private Word word(Fields fields) {
        byte[] body = JsonWriter.bytes(fields.data(), JsonWriter.Style.AS_READ);
        if (body.length > maxMessage) {
            throw new GatewayException(
                    Failure.of(
                            FailureKind.PAYLOAD_TOO_LARGE,
                            "data is larger than " + maxMessage + " bytes."));
        }
        String type = fields.text("type", LONGEST_TYPE);
        return new Word(
                type == null ? TYPE : type,
                fields.text("from", LONGEST_SENDER),
                body,
                fields.flag("volatile") ? Message.Reach.VOLATILE : Message.Reach.ALL);
    }

    /// Publishes to these channels and answers, or answers as before when the call is known.
    void publish(Exchange exchange, Posted.Call call, Fields fields, List<String> channels) {
        Word word = word(fields);
        Loop loop = exchange.loop();
        long now = loop.ticker().epochMillis();
        List<String> ids = channels.stream().map(_ -> loop.ids().requestId()).toList();
        byte[] answer = answer(channels, ids, now);
        idempotency.before(
                exchange,
                call,
                fields,
                answer,
                before -> {
                    if (before == null) {
                        say(word, channels, ids, now);
                        Answers.json(exchange, 200, answer);
                    } else {
                        repeated.inc();
                        exchange.onAnswer(
                                (_, head) -> head.headers().set(IdempotencyKeys.REPLAYED, "true"));
                        Answers.json(exchange, 200, before);
                    }
                });
    }

    private void say(Word word, List<String> channels, List<String> ids, long now) {
        for (int i = 0; i < channels.size(); i++) {
            hub.publish(
                    Message.of(
                                    channels.get(i),
                                    FACE,
                                    word.kind(),
                                    word.sender(),
                                    word.body(),
                                    ids.get(i),
                                    now)
                            .to(word.reach()));
            published.inc();
        }
    }

    private static byte[] answer(List<String> channels, List<String> ids, long now) {
        JsonWriter out = new JsonWriter().openObject().name("at").value(now);
        out.name("messages").openArray();
        for (int i = 0; i < channels.size(); i++) {
            out.openObject().name("channel").value(channels.get(i));
            out.name("id").value(ids.get(i)).closeObject();
        }
        return out.closeArray().closeObject().toBytes();
    }
}
