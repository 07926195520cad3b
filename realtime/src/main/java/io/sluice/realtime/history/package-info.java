/// What a channel keeps for those who were away: the newest messages, each with a place, and the exact answer to
/// "what came after this place". Values and one structure that its owner locks, on any thread.
/// Must not know connections or the bus, nor wait for anything.
@NullMarked
package io.sluice.realtime.history;

import org.jspecify.annotations.NullMarked;
