/// Time as a parameter. The only package that may read the system clocks; everything else is given
/// a [Ticker] so that tests move time by hand. Any thread. Sleeping is no way to wait in this code
/// base; timers belong to loops.
@NullMarked
package io.sluice.core.time;

import org.jspecify.annotations.NullMarked;
