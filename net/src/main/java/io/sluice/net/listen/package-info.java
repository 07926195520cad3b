/// Listeners: binding, connection limits, PROXY protocol, choosing TLS and protocol, draining. Owns
/// every accepted connection until its protocol takes over. Loop threads, except start and stop.
/// Knows handlers only as what the configuration put on an address.
@NullMarked
package io.sluice.net.listen;

import org.jspecify.annotations.NullMarked;
