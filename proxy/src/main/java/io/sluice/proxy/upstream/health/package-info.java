/// Who may be called: active checks, ejection of instances whose calls fail in a row, slow start, panic mode, and the
/// circuit breaker. The rules are plain state machines moved by a [io.sluice.core.time.Ticker]; [ServiceHealth] puts
/// them together and writes a service's snapshots. Loops only count here and hand the rest over; decisions run on one
/// virtual thread.
@NullMarked
package io.sluice.proxy.upstream.health;

import org.jspecify.annotations.NullMarked;
