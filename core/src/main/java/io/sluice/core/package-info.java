/// The words everyone uses: failures, ids, time, life cycles, identity, JSON, configuration and
/// telemetry. Nothing here opens a socket or starts a thread; every other room builds on it. It
/// depends on the JDK and on a few small libraries, each in one package.
@NullMarked
package io.sluice.core;

import org.jspecify.annotations.NullMarked;
