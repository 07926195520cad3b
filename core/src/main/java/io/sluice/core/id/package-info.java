/// Request ids and W3C trace context: parsing what came in, making what did not. Any thread;
/// nothing here reads headers, it only sees strings. Anything malformed from outside is replaced,
/// never passed on.
@NullMarked
package io.sluice.core.id;

import org.jspecify.annotations.NullMarked;
