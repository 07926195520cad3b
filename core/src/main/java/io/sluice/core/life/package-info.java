/// Starting, stopping and replacing things: ordered closing and the
/// holder of a swapped snapshot. Any thread; nothing here knows what it
/// holds. What was started first is closed last.
@NullMarked
package io.sluice.core.life;

import org.jspecify.annotations.NullMarked;
