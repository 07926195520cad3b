package io.sluice.net.http1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.sluice.net.direct.DirectSocket;
import io.sluice.net.http.Headers;
import io.sluice.net.loop.SpareBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Writes messages to one connection, one after the other. Heads, chunk sizes and small pieces are gathered in one
/// buffer, so that a small message costs one write; larger pieces are passed on without a copy. Loop thread only.
final class MessageWriter {
    /// Pieces up to this many bytes are copied behind the head instead of being written as a buffer of their own.
    private static final int COPY_LIMIT = 4096;

    private static final int PENDING_LIMIT = 16 * 1024;
    private static final int CRLF = 0x0d0a;
    private static final byte[] LAST_CHUNK = "0\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ChannelHandlerContext context;
    private final SpareBuffer spare;
    private final @Nullable DirectSocket direct;
    private @Nullable ByteBuf pending;
    private BodyFraming framing = BodyFraming.NONE;
    private long remaining;
    private boolean written;

    MessageWriter(ChannelHandlerContext context, SpareBuffer spare) {
        this.context = context;
        this.spare = spare;
        this.direct = DirectSocket.of(context.channel());
    }

    /// A buffer to write the next head into, at its writer index; given back by [#begin].
    ///
    /// @param room bytes the head will need
    /// @param bodyLength bytes that will follow, or -1
    ByteBuf head(int room, long bodyLength) {
        int body = bodyLength < 0 ? 512 : (int) Math.min(bodyLength, COPY_LIMIT);
        return pending(room + body + 64);
    }

    /// The head is in the buffer; its body follows, framed so.
    void begin(BodyFraming newFraming, long length) {
        framing = newFraming;
        remaining = length;
    }

    /// Ends the connection so that the peer cannot take what it got for a whole message. Where nothing but the end of the
    /// connection ends a message, that takes a reset, and TLS must not say goodbye.
    void cut() {
        if (framing == BodyFraming.UNTIL_CLOSE) {
            context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
            context.pipeline().firstContext().close();
        } else {
            context.close();
        }
    }

    /// Takes over one piece of the body. Bytes over the announced length are dropped.
    void piece(ByteBuf piece) {
        int count = piece.readableBytes();
        if (count == 0
                || framing == BodyFraming.NONE
                || framing == BodyFraming.LENGTH && count > remaining) {
            remaining = framing == BodyFraming.LENGTH ? -1 : remaining;
            piece.release();
            return;
        }
        remaining -= count;
        if (framing == BodyFraming.CHUNKED) {
            ByteBuf sizeLine = pending(count <= COPY_LIMIT ? count + 24 : 24);
            sizeLine.writeCharSequence(Integer.toHexString(count), StandardCharsets.US_ASCII);
            sizeLine.writeShort(CRLF);
        }
        append(piece, count);
        if (framing == BodyFraming.CHUNKED) {
            pending(2).writeShort(CRLF);
        }
    }

    private void append(ByteBuf piece, int count) {
        if (count <= COPY_LIMIT) {
            pending(count).writeBytes(piece);
            piece.release();
        } else {
            writePending();
            write(piece);
        }
    }

    void flush() {
        if (!written && pending != null && direct != null) {
            sendPending(direct, pending);
        }
        writePending();
        if (written) {
            written = false;
            context.flush();
        }
    }

    /// Ends the body and flushes.
    ///
    /// @return whether the message is whole; if not, the connection must be closed
    boolean end(@Nullable Headers trailers) {
        if (framing == BodyFraming.CHUNKED) {
            ByteBuf last = pending(16 + (trailers == null ? 0 : trailers.linesLength()));
            last.writeBytes(LAST_CHUNK);
            if (trailers != null) {
                trailers.writeLines(last);
            }
            last.writeShort(CRLF);
        }
        boolean whole = framing != BodyFraming.LENGTH || remaining == 0;
        flush();
        return whole;
    }

    boolean writable() {
        return context.channel().isWritable();
    }

    /// Closes the connection once all that is written was sent.
    void closeWhenSent() {
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    /// Ends this direction once all that is written was sent; under TLS the other side hears of the end at the close.
    void finishWhenSent() {
        context.writeAndFlush(Unpooled.EMPTY_BUFFER)
                .addListener(sent -> {
                    if (context.channel() instanceof DuplexChannel duplex
                            && context.pipeline().get(SslHandler.class) == null) {
                        duplex.shutdownOutput();
                    }
                });
    }

    /// Drops what was not yet written; the connection is gone.
    void release() {
        ByteBuf dropped = pending;
        pending = null;
        if (dropped != null) {
            dropped.release();
        }
    }

    private ByteBuf pending(int room) {
        ByteBuf buffer = pending;
        if (buffer != null && buffer.readableBytes() + room > PENDING_LIMIT) {
            writePending();
            buffer = null;
        }
        if (buffer == null) {
            buffer = spare.take(Math.max(room, 256), context.alloc());
            pending = buffer;
        }
        return buffer;
    }

    /// Hands what is gathered to the socket's queue without a flush.
    void writePending() {
        ByteBuf buffer = pending;
        if (buffer != null) {
            pending = null;
            write(buffer);
        }
    }

    private void sendPending(DirectSocket socket, ByteBuf gathered) {
        int sent = socket.send(gathered, gathered.readerIndex(), gathered.writerIndex());
        if (sent == gathered.readableBytes()) {
            pending = null;
            gathered.release();
        } else {
            gathered.skipBytes(sent);
        }
    }

    private void write(ByteBuf bytes) {
        if (direct != null) {
            direct.queued();
        }
        context.write(bytes, context.voidPromise());
        written = true;
    }
}
