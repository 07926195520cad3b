package io.sluice.net.http1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.net.http.BodySource;
import io.sluice.net.http.Ending;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.Handler;
import io.sluice.net.http.Headers;
import io.sluice.net.http.Method;
import io.sluice.net.http.Peer;
import io.sluice.net.http.Protocol;
import io.sluice.net.http.RequestHead;
import io.sluice.net.loop.DrainEvent;
import io.sluice.net.loop.Loop;
import io.sluice.net.loop.Timer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One HTTP/1.1 connection of a client: reads a head, hands an [Exchange] over, feeds its body, waits for the answer,
/// and starts again. One exchange at a time; pipelined requests wait in the input. Loop thread only.
final class Http1Connection extends ChannelInboundHandlerAdapter implements IncomingBody.Carrier {
    private static final Logger LOG = LoggerFactory.getLogger(Http1Connection.class);

    /// Unread bytes above which reading is switched off until the exchange wants them.
    private static final int INPUT_LIMIT = 64 * 1024;

    /// How much of an unwanted body is read to keep the connection, or to let the client see the answer.
    private static final int DISCARD_LIMIT = 256 * 1024;

    private static final long LINGER_NANOS = 2_000_000_000L;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Http1Side side;
    private final Http1Settings settings;
    private final Loop loop;
    private final Peer peer;
    private final Handler handler;
    private final Input input = new Input();
    private final RequestHeadReader reader;
    private final Timer readClock;
    private final Timer writeClock;

    private @Nullable ChannelHandlerContext context;
    private @Nullable MessageWriter writer;
    private @Nullable Exchange exchange;
    private @Nullable Http1Answer answer;
    private @Nullable IncomingBody body;
    private Reading reading = Reading.IDLE;
    private boolean keepAlive = true;
    private boolean advancing;
    private boolean closing;
    private boolean draining;
    private boolean readingOff;
    private long windowBytes;
    private long discardedBytes;
    private long unsentAtStall;

    /// What the connection reads now, and so what its read clock guards.
    private enum Reading {
        IDLE,
        HEAD,
        BODY,
        LINGER
    }

    /// Whether the client may be sending what nobody will read.
    private enum Unread {
        NONE,
        LIKELY
    }

    Http1Connection(Http1Side side, Loop loop, Peer peer) {
        this.side = side;
        this.settings = side.settings();
        this.handler = side.handler();
        this.loop = loop;
        this.peer = peer;
        this.reader = new RequestHeadReader(settings.headLimits(), peer.scheme());
        this.readClock = loop.timers().timer(this::readClockExpired);
        this.writeClock = loop.timers().timer(this::writeClockExpired);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext newContext) {
        context = newContext;
        writer = new MessageWriter(newContext);
        readClock.in(settings.idleTimeout().toNanos());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        input.append((ByteBuf) message, ctx.alloc());
        advance();
        if (input.available() > INPUT_LIMIT && !closing) {
            switchReading(ctx, false);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        IncomingBody current = body;
        if (current != null) {
            current.readComplete();
        }
        input.releaseUsed();
    }

    private void switchReading(ChannelHandlerContext ctx, boolean on) {
        if (readingOff == on) {
            readingOff = !on;
            ctx.channel().config().setAutoRead(on);
        }
    }

    private void advance() {
        if (advancing) {
            return;
        }
        advancing = true;
        try {
            boolean more = true;
            while (more) {
                more = step();
            }
        } finally {
            advancing = false;
        }
    }

    /// Takes one step; true when another may follow at once.
    private boolean step() {
        if (reading == Reading.LINGER) {
            dropLingering();
            return false;
        }
        IncomingBody current = body;
        if (current != null && !current.complete()) {
            return feed(current);
        }
        return exchange == null && !closing && input.available() > 0 && readHead();
    }

    private boolean feed(IncomingBody current) {
        return switch (current.feed(input)) {
            case COMPLETE -> {
                readClock.clear();
                requestRead();
                yield true;
            }
            case MALFORMED -> {
                bodyBroken(Failure.of(FailureKind.BAD_REQUEST, "Malformed chunked body"));
                yield false;
            }
            case HUNGRY -> {
                switchReading(context(), true);
                yield false;
            }
            case WAITING -> false;
        };
    }

    private boolean readHead() {
        return switch (reader.read(input)) {
            case INCOMPLETE -> {
                awaitHead();
                yield false;
            }
            case REFUSED -> {
                refuse(reader.failure());
                yield false;
            }
            case COMPLETE -> {
                begin(reader.head());
                yield true;
            }
        };
    }

    private void awaitHead() {
        if (reading != Reading.HEAD && (input.available() > 0 || reader.started())) {
            reading = Reading.HEAD;
            readClock.in(settings.headTimeout().toNanos());
        }
    }

    private void begin(RequestHead head) {
        Framing framing = reader.framing();
        keepAlive =
                head.protocol() == Protocol.HTTP_1_1
                        ? !framing.close()
                        : framing.keepAlive() && !framing.close();
        body = incomingBody(framing);
        if (body == null) {
            readClock.clear();
        } else {
            reading = Reading.BODY;
            windowBytes = 0;
            readClock.in(settings.bodyWindow().toNanos());
        }
        BodySource source = body == null ? BodySource.empty() : body;
        Http1Answer reply = new Http1Answer(this, writer(), head);
        Exchange begun = new Exchange(loop, peer, head, source, reply);
        begun.foreignHost(reader.foreignHost());
        exchange = begun;
        answer = reply;
        reply.exchange(begun);
        try {
            handler.handle(begun);
        } catch (RuntimeException bug) {
            LOG.atError().setCause(bug).log("Handler failed");
            begun.fail(Failure.of(FailureKind.INTERNAL, "Internal error"));
        }
    }

    private @Nullable IncomingBody incomingBody(Framing framing) {
        if (framing.chunked()) {
            return IncomingBody.chunked(this, settings.headLimits());
        }
        return framing.contentLength() > 0
                ? IncomingBody.ofLength(this, framing.contentLength())
                : null;
    }

    /// Answers input that never became a request, and closes.
    private void refuse(Failure failure) {
        side.refusals().refused(peer, Protocol.HTTP_1_1, failure);
        keepAlive = false;
        RequestHead none =
                new RequestHead(
                        Method.GET, peer.scheme(), "", "/", null, Protocol.HTTP_1_1, new Headers());
        Http1Answer reply = new Http1Answer(this, writer(), none);
        Exchange refused = new Exchange(loop, peer, none, BodySource.empty(), reply);
        refused.identify(loop.ids().requestId(), refused.trace());
        exchange = refused;
        answer = reply;
        reply.exchange(refused);
        refused.fail(failure);
    }

    /// Whether the answer about to begin may leave the connection open.
    boolean keepsConnection(ResponseStart start) {
        boolean bodyPending = body != null && !body.complete();
        boolean clientWaits =
                bodyPending && reader.expectsContinue() && start == ResponseStart.WITHOUT_CONTINUE;
        if (draining
                || clientWaits
                || bodyPending && exchange != null && exchange.failure() != null) {
            keepAlive = false;
        }
        return keepAlive;
    }

    void closeAfterAnswer() {
        keepAlive = false;
    }

    byte[] date() {
        return side.date(loop).get();
    }

    /// The answer was handed to the socket, whole or not.
    void answerEnded(boolean whole) {
        Exchange ended = exchange;
        answer = null;
        keepAlive &= whole;
        if (ended != null) {
            ended.end(whole ? Ending.COMPLETE : Ending.CUT);
        }
        IncomingBody current = body;
        if (current == null || current.complete()) {
            exchangeOver();
        } else if (keepAlive) {
            current.discard();
        } else {
            close(Unread.LIKELY);
        }
    }

    private void requestRead() {
        if (answer == null && exchange != null) {
            exchangeOver();
        }
    }

    private void exchangeOver() {
        exchange = null;
        body = null;
        discardedBytes = 0;
        if (!keepAlive) {
            close(
                    input.available() > 0 || reader.failureOrNull() != null
                            ? Unread.LIKELY
                            : Unread.NONE);
            return;
        }
        reading = Reading.IDLE;
        readClock.in(settings.idleTimeout().toNanos());
        if (readingOff) {
            switchReading(context(), true);
        }
        advance();
    }

    /// Cuts the connection so that the client cannot take what it got for the whole answer.
    void cut() {
        Exchange ended = exchange;
        exchange = null;
        answer = null;
        closing = true;
        if (ended != null) {
            ended.end(Ending.CUT);
        }
        breakBody(Failure.of(FailureKind.CLIENT_GONE, "Exchange was cut"));
        context().close();
    }

    private void bodyBroken(Failure why) {
        keepAlive = false;
        Exchange current = exchange;
        if (current != null && answer != null) {
            current.fail(why);
        }
        breakBody(why);
    }

    private void breakBody(Failure why) {
        IncomingBody current = body;
        if (current != null) {
            current.broken(why);
        }
    }

    /// Sends what is written, then FIN, then reads and drops for a while: a close with unread input would reset the
    /// connection and could destroy the answer on its way (RFC 9112 9.6).
    private void close(Unread unread) {
        if (closing) {
            return;
        }
        closing = true;
        breakBody(Failure.of(FailureKind.CLIENT_GONE, "Connection is closing"));
        ChannelHandlerContext ctx = context();
        if (unread == Unread.NONE) {
            ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            return;
        }
        reading = Reading.LINGER;
        discardedBytes = 0;
        dropLingering();
        readClock.in(LINGER_NANOS);
        switchReading(ctx, true);
        ctx.writeAndFlush(Unpooled.EMPTY_BUFFER)
                .addListener(sent -> {
                    if (ctx.channel() instanceof DuplexChannel duplex
                            && ctx.pipeline().get(SslHandler.class) == null) {
                        duplex.shutdownOutput();
                    }
                });
    }

    private void dropLingering() {
        discardedBytes += input.available();
        input.release();
        if (discardedBytes > DISCARD_LIMIT) {
            context().close();
        }
    }

    @Override
    public void bodyWanted() {
        advance();
        IncomingBody current = body;
        if (current != null
                && !current.complete()
                && readingOff
                && input.available() <= INPUT_LIMIT) {
            switchReading(context(), true);
        }
        if (!advancing && current != null) {
            current.readComplete();
        }
    }

    @Override
    public void bodyPaused() {
        switchReading(context(), false);
    }

    @Override
    public void bodyDiscarded() {
        switchReading(context(), true);
        advance();
    }

    @Override
    public void bodyBytes(int count) {
        windowBytes += count;
        Exchange current = exchange;
        if (current != null) {
            current.countIn(count);
        }
        if (answer == null) {
            discardedBytes += count;
            if (discardedBytes > DISCARD_LIMIT) {
                context().close();
            }
        }
    }

    private void readClockExpired() {
        switch (reading) {
            case IDLE, LINGER -> context().close();
            case HEAD ->
                    refuse(
                            Failure.of(
                                    FailureKind.CLIENT_TIMEOUT,
                                    "Request head did not arrive in time"));
            case BODY -> checkBodyRate();
        }
    }

    private void checkBodyRate() {
        IncomingBody current = body;
        if (current == null || current.complete()) {
            return;
        }
        long wanted = settings.minBodyRate() * settings.bodyWindow().toNanos() / NANOS_PER_SECOND;
        boolean clientIsSlow = !readingOff && current.started() && windowBytes < wanted;
        if (clientIsSlow) {
            bodyBroken(
                    Failure.of(FailureKind.CLIENT_TIMEOUT, "Request body did not arrive in time"));
        } else {
            windowBytes = 0;
            readClock.in(settings.bodyWindow().toNanos());
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable()) {
            writeClock.clear();
            Http1Answer current = answer;
            if (current != null) {
                current.becameWritable();
            }
        } else {
            unsentAtStall = unsent();
            writeClock.in(settings.stallTimeout().toNanos());
        }
    }

    private void writeClockExpired() {
        long unsent = unsent();
        if (unsent >= unsentAtStall) {
            cut();
        } else {
            unsentAtStall = unsent;
            writeClock.in(settings.stallTimeout().toNanos());
        }
    }

    private long unsent() {
        var buffer = context().channel().unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == DrainEvent.INSTANCE) {
            draining = true;
            if (exchange == null && reading == Reading.IDLE) {
                ctx.close();
            }
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        closing = true;
        readClock.close();
        writeClock.close();
        Exchange current = exchange;
        exchange = null;
        answer = null;
        if (current != null) {
            current.end(Ending.CLIENT_GONE);
        }
        breakBody(Failure.of(FailureKind.CLIENT_GONE, "Client closed the connection"));
        input.release();
        writer().release();
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOG.atError().setCause(cause).log("Connection failed");
        }
        ctx.close();
    }

    private ChannelHandlerContext context() {
        return java.util.Objects.requireNonNull(context);
    }

    private MessageWriter writer() {
        return java.util.Objects.requireNonNull(writer);
    }
}
