/// What the specification asks of the edge, proven on a whole gateway over real sockets: routing,
/// errors, clocks, streaming, headers, authentication, limits, CORS, balancing, retries, health,
/// HTTP/2, TLS to services and reloads. One class a scenario, one test a row of it. Tests run on
/// their own thread; nothing here may sleep where a condition can be awaited.
@NullMarked
package io.sluice.it.edge;

import org.jspecify.annotations.NullMarked;
