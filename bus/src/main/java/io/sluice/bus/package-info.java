/// What the nodes of a cluster share: topics, logs, tables, counters and members. Contracts here;
/// implementations in the packages below. Bus calls run on virtual threads, never on a loop.
/// Delivery on this node goes on when what is shared is gone.
@NullMarked
package io.sluice.bus;

import org.jspecify.annotations.NullMarked;
