/// Listeners: binding, connection limits, PROXY protocol, choosing TLS and protocol, draining.
/// Owns every accepted connection until its protocol takes over. Loop threads, except start and stop.
@NullMarked
package io.sluice.net.listen;

import org.jspecify.annotations.NullMarked;
