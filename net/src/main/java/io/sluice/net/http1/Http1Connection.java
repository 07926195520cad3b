package io.sluice.net.http1;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.net.http.BodySource;
import io.sluice.net.http.Ending;
import io.sluice.net.http.Peer;
import io.sluice.net.http.RequestHead;
import io.sluice.net.loop.DrainEvent;
import io.sluice.net.loop.HeadBegan;
import io.sluice.net.loop.Loop;

/// One HTTP/1.1 connection of a client: reads a head, hands an exchange over, feeds its body, waits for the answer,
/// and starts again. One exchange at a time; pipelined requests wait in the input. Loop thread only.
final class Http1Connection extends Http1Endpoint {
    /// Unread bytes above which reading is switched off until the exchange wants them.
    private static final int INPUT_LIMIT = 64 * 1024;

    private static final Failure ENDED =
            Failure.of(FailureKind.CLIENT_GONE, "The client's connection ended");

    private final HeadLimits limits;
    private final RequestHeadReader reader;
    private final ReadClock readClock;
    private final StallClock stallClock;
    private final Closing closing;
    private final Turn turn;
    private boolean keepAlive = true;
    private boolean draining;

    Http1Connection(Http1Side side, Loop loop, Peer peer) {
        super(loop);
        Http1Settings settings = side.settings();
        this.limits = settings.headLimits();
        this.reader = new RequestHeadReader(limits, peer.scheme());
        this.readClock = new ReadClock(this, settings, loop.timers());
        this.stallClock = new StallClock(this, settings, loop.timers());
        this.closing = new Closing(this, readClock);
        this.turn = new Turn(side, loop, peer);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        super.handlerAdded(ctx);
        readClock.idle();
    }

    @Override
    void received(ChannelHandlerContext ctx, ByteBuf bytes) {
        if (turn.loop().isInVain(ctx.channel())) {
            bytes.release();
            ctx.close();
            return;
        }
        input.append(bytes, ctx.alloc());
        advance();
        if (input.available() > INPUT_LIMIT && !closing.begun()) {
            switchReading(false);
        }
    }

    @Override
    boolean step() {
        if (readClock.phase() == ReadClock.Phase.LINGER) {
            closing.dropInput();
            return false;
        }
        IncomingBody current = body;
        if (current != null && !current.complete()) {
            return feed(current);
        }
        return turn.idle() && !closing.begun() && input.available() > 0 && readHead();
    }

    private boolean feed(IncomingBody current) {
        return switch (current.feed(input)) {
            case COMPLETE -> {
                requestRead();
                yield true;
            }
            case MALFORMED -> {
                bodyBroken(current.fault());
                yield false;
            }
            case HUNGRY -> {
                switchReading(true);
                yield false;
            }
            case WAITING -> false;
        };
    }

    private boolean readHead() {
        RequestHeadReader.Outcome outcome = reader.read(input);
        switch (outcome) {
            case COMPLETE -> begin(reader.head());
            case REFUSED -> refuse(reader.failure());
            case INCOMPLETE -> {
                if (input.available() > 0 || reader.started()) {
                    readClock.head();
                }
            }
        }
        return outcome == RequestHeadReader.Outcome.COMPLETE;
    }

    private void begin(RequestHead head) {
        Framing framing = reader.framing();
        keepAlive = framing.persists(head.protocol());
        IncomingBody arriving = IncomingBody.ofRequest(this, framing, limits);
        body = arriving;
        if (arriving == null) {
            readClock.clear();
        } else {
            readClock.body();
        }
        turn.begin(
                head,
                arriving == null ? BodySource.empty() : arriving,
                new Http1Answer(this, writer(), head),
                reader.foreignHost());
    }

    /// Answers input that never became a request, and closes.
    void refuse(Failure failure) {
        keepAlive = false;
        turn.refuse(this, failure);
    }

    /// Whether the answer about to begin may leave the connection open.
    boolean keepsConnection(ResponseStart start) {
        boolean bodyPending = body != null && !body.complete();
        boolean clientWaits =
                bodyPending && reader.expectsContinue() && start == ResponseStart.WITHOUT_CONTINUE;
        if (draining || clientWaits || bodyPending && turn.failed()) {
            keepAlive = false;
        }
        return keepAlive;
    }

    void closeAfterAnswer() {
        keepAlive = false;
    }

    byte[] date() {
        return turn.date();
    }

    /// The answer was handed to the socket, whole or not.
    void answerEnded(boolean whole) {
        keepAlive &= whole && !draining;
        turn.answered(whole ? Ending.COMPLETE : Ending.CUT);
        IncomingBody current = body;
        if (current == null || current.complete()) {
            exchangeOver();
        } else if (keepAlive) {
            current.discard();
        } else {
            close(Closing.Unread.LIKELY);
        }
    }

    private void requestRead() {
        readClock.clear();
        if (!turn.answering() && !turn.idle()) {
            exchangeOver();
        }
    }

    private void exchangeOver() {
        turn.over();
        body = null;
        closing.countAnew();
        if (!keepAlive || draining) {
            boolean unread = input.available() > 0 || reader.failureOrNull() != null;
            close(unread ? Closing.Unread.LIKELY : Closing.Unread.NONE);
            return;
        }
        readClock.idle();
        switchReading(true);
        advance();
    }

    /// Cuts the connection so that the client cannot take what it got for the whole answer.
    void cut() {
        closing.begin();
        turn.abandon(Ending.CUT);
        breakBody(ENDED);
        writer().cut();
    }

    /// Leaves the pipeline to what follows HTTP on this socket. Nothing here is used afterwards.
    SocketTunnel handOver() {
        closing.begin();
        readClock.close();
        stallClock.close();
        switchReading(true);
        SocketTunnel tunnel = new SocketTunnel(turn.loop(), turn.peer(), input.takeAll());
        context().pipeline().replace(this, SocketTunnel.NAME, tunnel);
        turn.abandon(Ending.COMPLETE);
        return tunnel;
    }

    void bodyBroken(Failure why) {
        keepAlive = false;
        if (!turn.answering()) {
            close(Closing.Unread.LIKELY);
            return;
        }
        turn.fail(why);
        breakBody(why);
    }

    private void breakBody(Failure why) {
        IncomingBody current = body;
        if (current != null) {
            current.broken(why);
        }
    }

    private void close(Closing.Unread unread) {
        if (!closing.begun()) {
            closing.begin();
            breakBody(ENDED);
            closing.whenSent(unread);
        }
    }

    @Override
    public void bodyWanted() {
        advance();
        IncomingBody current = body;
        if (current != null && !current.complete() && input.available() <= INPUT_LIMIT) {
            switchReading(true);
        }
        flushBody();
    }

    @Override
    public void bodyDiscarded() {
        switchReading(true);
        advance();
    }

    @Override
    public void bodyBytes(int count) {
        readClock.count(count);
        turn.countIn(count);
        if (!turn.answering()) {
            closing.dropped(count);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable()) {
            stallClock.drained();
            turn.becameWritable();
        } else {
            stallClock.full();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == DrainEvent.INSTANCE) {
            draining = true;
            if (turn.idle() && readClock.phase() == ReadClock.Phase.IDLE) {
                ctx.close();
            }
        } else if (event instanceof HeadBegan began) {
            readClock.head(began.leftNanos());
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        closing.begin();
        readClock.close();
        stallClock.close();
        turn.abandon(Ending.CLIENT_GONE);
        breakBody(ENDED);
        input.release();
        writer().release();
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Breakage.tell(cause);
        super.exceptionCaught(ctx, cause);
    }
}
