/// Time as a parameter. The only package that may read the system clocks; everything else is given
/// a [Ticker] so that tests move time by hand. Any thread. Only what repeats in the
/// background may sleep, on a virtual thread and through [Pause]; loops have timers.
@NullMarked
package io.sluice.core.time;

import org.jspecify.annotations.NullMarked;
