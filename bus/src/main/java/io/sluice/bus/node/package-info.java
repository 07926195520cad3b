/// Puts the bus of a node together from the configuration: which parts are shared by Redis, which by Kafka, which
/// stay in this process. Classes of a client library are touched only when it is configured. The main
/// thread, before the first connection.
@NullMarked
package io.sluice.bus.node;

import org.jspecify.annotations.NullMarked;
