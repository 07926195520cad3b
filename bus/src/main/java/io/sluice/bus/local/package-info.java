/// The bus of a node that stands alone: everything in this process, nothing kept over a restart, every buffer
/// bounded. Also what the other buses fall back to. Listeners run on the publisher's thread, handlers of records on a
/// virtual thread for each follower.
@NullMarked
package io.sluice.bus.local;

import org.jspecify.annotations.NullMarked;
