/// Event loops, their timers and the only crossing between loop threads and virtual threads. A
/// client connection and the upstream connections it uses stay on one loop. What may block is
/// handed to a virtual thread and comes back on the loop it left.
@NullMarked
package io.sluice.net.loop;

import org.jspecify.annotations.NullMarked;
