/// HTTP/2 on the wire, both sides, over Netty's frame codec and flow control. Loop threads only.
/// Abuse limits live here; routing and policy do not. Streams become the same exchanges as those of
/// HTTP/1.1.
@NullMarked
package io.sluice.net.http2;

import org.jspecify.annotations.NullMarked;
