/// Request ids and W3C trace context: parsing what came in, making what did not.
/// Any thread; nothing here reads headers, it only sees strings.
@NullMarked
package io.sluice.core.id;

import org.jspecify.annotations.NullMarked;
