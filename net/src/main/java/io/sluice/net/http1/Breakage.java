package io.sluice.net.http1;

import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What ends a connection: the network or the other side, which is everyday, or a mistake of ours, which the log tells.
final class Breakage {
    private static final Logger LOG = LoggerFactory.getLogger(Breakage.class);

    private Breakage() {}

    static void tell(Throwable cause) {
        if (!comesFromOutside(cause)) {
            LOG.atError().setCause(cause).log("Connection failed");
        }
    }

    /// Bytes that are no TLS record come as an I/O fault inside one of decoding.
    private static boolean comesFromOutside(Throwable cause) {
        return cause instanceof IOException
                || cause instanceof DecoderException && cause.getCause() instanceof IOException;
    }
}
