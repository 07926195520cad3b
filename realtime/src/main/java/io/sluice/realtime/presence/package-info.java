/// Who is there, and how: online, typing, idle or offline in each room, over all nodes. Knows no hub and no
/// connections beyond their number; a face tells it who comes, goes and speaks, and hears of changes as a
/// [PresenceListener]. What faces call returns at once and may be called on any loop; what asks the shared server runs
/// on virtual threads, in order per room. Must not start a timer per connection: one thread looks after all.
@NullMarked
package io.sluice.realtime.presence;

import org.jspecify.annotations.NullMarked;
