/// Outbound connections: contracts of a connection to an origin and the dialer that opens them.
/// Loop threads only; a dialled connection belongs to the loop that asked for it. Which origin to
/// call, and whether to try again, is decided elsewhere.
@NullMarked
package io.sluice.net.dial;

import org.jspecify.annotations.NullMarked;
