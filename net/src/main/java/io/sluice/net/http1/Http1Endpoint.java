package io.sluice.net.http1;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.sluice.net.loop.Loop;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One end of an HTTP/1.1 connection, whichever side it is on: holds what was read, steps through it for as long as
/// more can be done at once, and switches reading on and off. What a step is, the side says. A superclass and not a
/// part, so that a read takes no further hop. Loop thread only.
abstract sealed class Http1Endpoint extends ChannelInboundHandlerAdapter
        implements IncomingBody.Carrier permits Http1Connection, Http1Origin {
    final Input input = new Input();
    private final Loop loop;

    /// The body being read, or read last; null when the message has none.
    @Nullable IncomingBody body;

    private @Nullable ChannelHandlerContext context;
    private @Nullable MessageWriter writer;
    private boolean advancing;
    private boolean readingOff;
    private boolean brokeOff;

    Http1Endpoint(Loop loop) {
        this.loop = loop;
    }

    /// Takes in what was read and steps through it.
    abstract void received(ChannelHandlerContext ctx, ByteBuf bytes);

    /// Takes one step through the input; true when another may follow at once.
    abstract boolean step();

    @Override
    public void handlerAdded(ChannelHandlerContext newContext) {
        context = newContext;
        writer = new MessageWriter(newContext, loop.writes());
    }

    @Override
    public final void channelRead(ChannelHandlerContext ctx, Object message) {
        loop.handling();
        try {
            received(ctx, (ByteBuf) message);
        } finally {
            loop.handled();
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

    /// Steps until nothing more can be done; does nothing when called from within a step.
    void advance() {
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

    final boolean advancing() {
        return advancing;
    }

    /// Lets pieces go out that were delivered between two reads of the socket.
    final void flushBody() {
        IncomingBody current = body;
        if (!advancing && current != null) {
            current.readComplete();
        }
    }

    /// Closes, but for a write that failed where that is no reason to: what the other side said before it hung up may
    /// still be at hand, and that it did is read behind that.
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        brokeOff = true;
        if (!(cause instanceof IOException) || ctx.channel().config().isAutoClose()) {
            ctx.close();
        }
    }

    @Override
    public void bodyPaused() {
        switchReading(false);
    }

    final void switchReading(boolean on) {
        if (readingOff == on) {
            readingOff = !on;
            context().channel().config().setAutoRead(on);
        }
    }

    /// Whether the connection ended, or is going to, in another way than an orderly close.
    final boolean brokeOff() {
        return brokeOff;
    }

    final boolean readingOff() {
        return readingOff;
    }

    final ChannelHandlerContext context() {
        return Objects.requireNonNull(context);
    }

    final MessageWriter writer() {
        return Objects.requireNonNull(writer);
    }
}
