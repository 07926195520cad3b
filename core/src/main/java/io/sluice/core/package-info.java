/// The words everyone uses: failures, ids, time, life cycles, identity, JSON, configuration and telemetry.
/// Nothing here opens a socket or starts a thread; every other room builds on it.
@NullMarked
package io.sluice.core;

import org.jspecify.annotations.NullMarked;
