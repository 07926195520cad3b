/// HTTP/2 on the wire, both sides, over Netty's frame codec and flow control: connections, streams, bodies, limits.
/// Loop threads only; a connection and all its streams belong to one loop. One handler per connection, no child channels.
/// Abuse limits live here; routing and policy do not.
@NullMarked
package io.sluice.net.http2;

import org.jspecify.annotations.NullMarked;
