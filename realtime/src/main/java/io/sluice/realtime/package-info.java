/// Connections and channels: the hub, presence, history, and the dialects that speak to clients.
/// Loop threads, one writer per loop shard; nothing here knows a socket. Membership is kept per
/// loop, without locks.
@NullMarked
package io.sluice.realtime;

import org.jspecify.annotations.NullMarked;
