/// What the nodes of a cluster share: topics, numbered topics, logs, tables, members, leases and counters.
/// Only contracts and their words live here; the packages below hold them in this process, in Redis and in
/// Kafka, and `node` puts one bus together from the configuration. Publishing never blocks and may be done on a
/// loop; what blocks says so and belongs on a virtual thread. Delivery on this node goes on when what is shared
/// is gone.
@NullMarked
package io.sluice.bus;

import org.jspecify.annotations.NullMarked;
