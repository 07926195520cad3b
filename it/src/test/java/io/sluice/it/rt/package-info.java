/// The face rt end to end: its scenarios over real sockets, frame by frame, against a whole gateway with the preset that
/// replaces the original, and what is ours on top: clocks, limits, watching, several nodes. Each test has a gateway of
/// its own.
@NullMarked
package io.sluice.it.rt;

import org.jspecify.annotations.NullMarked;
