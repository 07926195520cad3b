/// Where sockets become connections of the hub: the handshake, the limits before it, the clocks and the order of
/// frames after it. Runs on the loop of the connection. A socket costs one object here besides its WebSocket and its
/// connection; nothing may be kept for it anywhere else. Knows no dialect but by its `Face`.
@NullMarked
package io.sluice.realtime.endpoint;

import org.jspecify.annotations.NullMarked;
