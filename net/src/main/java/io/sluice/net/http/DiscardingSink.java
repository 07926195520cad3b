package io.sluice.net.http;

import io.netty.buffer.ByteBuf;
import io.sluice.core.fail.Failure;
import org.jspecify.annotations.Nullable;

/// Releases whatever arrives; for bodies nobody waits for any more.
public final class DiscardingSink implements BodySink {

    @Override
    public void piece(ByteBuf piece) {
        piece.release();
    }

    @Override
    public void flush() {}

    @Override
    public void end(@Nullable Headers trailers) {}

    @Override
    public void abort(Failure why) {}

    @Override
    public boolean writable() {
        return true;
    }

    @Override
    public void onWritable(@Nullable Runnable listener) {}
}
