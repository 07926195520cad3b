/// Passing plain HTTP on: the handler of a route that names a service, what it does to the
/// head, and its part of the configuration. Loop threads. Hop-by-hop and forwarding fields
/// are the edge's to set; framing is the codec's.
@NullMarked
package io.sluice.proxy.forward.http;

import org.jspecify.annotations.NullMarked;
