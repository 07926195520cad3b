/// HTTP/2 on the wire, both sides, over Netty's frame codec and flow control.
/// Loop threads only. Abuse limits live here; routing and policy do not.
@NullMarked
package io.sluice.net.http2;

import org.jspecify.annotations.NullMarked;
