/// The cases about messages: broadcasts, rooms, server-sent events, idle sockets, handshakes and two nodes. The load is
/// a client in C (`bench/c`), the yardstick a plain write loop in C beside it; other peers are Node programs
/// (`bench/node`) and nchan. Servers share one core, clients the other; a peer that is not installed is left out, with
/// the reason printed. Nothing here fails because something was slow.
@NullMarked
package io.sluice.bench.realtime;

import org.jspecify.annotations.NullMarked;
