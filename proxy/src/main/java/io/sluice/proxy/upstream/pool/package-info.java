/// Connections to instances, kept for the next call. Each loop has its own pools, one per instance, so nothing here
/// locks; all of it runs on the loop thread it belongs to. A connection comes back only with the word of its codec that
/// it can carry another call. Nothing here knows what is sent over a connection.
@NullMarked
package io.sluice.proxy.upstream.pool;

import org.jspecify.annotations.NullMarked;
