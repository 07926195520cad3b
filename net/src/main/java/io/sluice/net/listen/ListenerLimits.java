package io.sluice.net.listen;

import io.sluice.core.config.Alias;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;

/// The bounds of client connections.
public record ListenerLimits(
        @Default("8192") @Doc("Bytes of a request line; over it 414.") int maxRequestLine,
        @Default("32768")
                @Alias("maxHeaderSize")
                @Doc("Bytes of all header fields of a request; over it 431.")
                int maxHeaderBytes,
        @Default("100") @Doc("Header fields of a request; over it 431.") int maxHeaderFields,
        @Default("15000")
                @Doc("Connections open at once on this listener; over it 503 and a close.")
                int maxConnections) {}
