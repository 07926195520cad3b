/// What happens to every request before it reaches its handler: routes and filters. Loop threads;
/// nothing in this room opens a connection, except the fetches of an authenticator on virtual
/// threads. A request leaves this room unchanged, answered, or refused with its reason.
@NullMarked
package io.sluice.edge;

import org.jspecify.annotations.NullMarked;
