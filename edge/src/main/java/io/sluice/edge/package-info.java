/// What happens to every request before it reaches its handler: routes and filters.
/// Loop threads; nothing in this room opens a connection, except the fetches of an authenticator on virtual threads.
@NullMarked
package io.sluice.edge;

import org.jspecify.annotations.NullMarked;
