/// HTTP/1.1 on the wire, both sides, strict: what is malformed is refused, never repaired. Loop
/// threads only. Later rooms see heads and body pieces, never these bytes. One connection is one
/// state machine on one loop.
@NullMarked
package io.sluice.net.http1;

import org.jspecify.annotations.NullMarked;
