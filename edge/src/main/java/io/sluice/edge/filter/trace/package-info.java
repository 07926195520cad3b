/// Who asks, through whom, and under which ids: request id and trace context, forwarding headers and the proxies that
/// are believed, and the removal of what is meant for one connection only. Runs on loops for every request, known
/// routes or not; state is kept per loop. Nothing here decides whether a request may go on because of who sent it.
@NullMarked
package io.sluice.edge.filter.trace;

import org.jspecify.annotations.NullMarked;
