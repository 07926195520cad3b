package io.sluice.net.http1;

import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.net.http.BodySource;
import io.sluice.net.http.Ending;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.Headers;
import io.sluice.net.http.Method;
import io.sluice.net.http.Peer;
import io.sluice.net.http.Protocol;
import io.sluice.net.http.RequestHead;
import io.sluice.net.loop.Loop;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a client's connection serves now: at most one exchange, and its answer, which may end before the request is
/// read whole. One per connection, used for each exchange in turn. Loop thread only.
final class Turn {
    private static final Logger LOG = LoggerFactory.getLogger(Turn.class);

    private final Http1Side side;
    private final Loop loop;
    private final Peer peer;
    private @Nullable Exchange exchange;
    private @Nullable Http1Answer answer;

    Turn(Http1Side side, Loop loop, Peer peer) {
        this.side = side;
        this.loop = loop;
        this.peer = peer;
    }

    /// Hands a request over.
    ///
    /// @param foreignHost see [RequestHeadReader#foreignHost]
    void begin(RequestHead head, BodySource body, Http1Answer reply, @Nullable String foreignHost) {
        Exchange begun = new Exchange(loop, peer, head, body, reply);
        begun.foreignHost(foreignHost);
        exchange = begun;
        answer = reply;
        reply.exchange(begun);
        try {
            side.handler().handle(begun);
        } catch (RuntimeException bug) {
            LOG.atError().setCause(bug).log("Handler failed");
            begun.fail(Failure.of(FailureKind.INTERNAL, "Internal error"));
        }
    }

    /// Answers input that never became a request.
    void refuse(Http1Connection connection, Failure failure) {
        side.refusals().refused(peer, Protocol.HTTP_1_1, failure);
        RequestHead none =
                new RequestHead(
                        Method.UNREAD,
                        peer.scheme(),
                        "",
                        "-",
                        null,
                        Protocol.HTTP_1_1,
                        new Headers());
        Http1Answer reply = new Http1Answer(connection, connection.writer(), none);
        Exchange refused = new Exchange(loop, peer, none, BodySource.empty(), reply);
        refused.identify(loop.ids().requestId(), refused.trace());
        side.handler().refused(refused);
        exchange = refused;
        answer = reply;
        reply.exchange(refused);
        refused.fail(failure);
    }

    Loop loop() {
        return loop;
    }

    Peer peer() {
        return peer;
    }

    boolean idle() {
        return exchange == null;
    }

    boolean answering() {
        return answer != null;
    }

    boolean failed() {
        return exchange != null && exchange.failure() != null;
    }

    void countIn(int bytes) {
        if (exchange != null) {
            exchange.countIn(bytes);
        }
    }

    void becameWritable() {
        if (answer != null) {
            answer.becameWritable();
        }
    }

    /// Fails the exchange unless its answer has ended.
    void fail(Failure why) {
        if (exchange != null && answer != null) {
            exchange.fail(why);
        }
    }

    /// The answer ended; the request may still be arriving.
    void answered(Ending ending) {
        answer = null;
        if (exchange != null) {
            exchange.end(ending);
        }
    }

    /// Request and answer are over.
    void over() {
        exchange = null;
    }

    /// Ends whatever is served: there is no connection for it any more.
    void abandon(Ending ending) {
        Exchange ended = exchange;
        exchange = null;
        answer = null;
        if (ended != null) {
            ended.end(ending);
        }
    }

    byte[] date() {
        return side.date(loop).get();
    }
}
