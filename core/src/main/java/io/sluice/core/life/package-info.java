/// Starting, stopping and replacing things: ordered closing and the holder of a swapped snapshot.
/// Any thread; nothing here knows what it holds.
@NullMarked
package io.sluice.core.life;

import org.jspecify.annotations.NullMarked;
