/// The face chat from outside: its scenarios over real sockets, alone and with real Redis and Kafka servers behind it.
/// Clients are raw sockets that send exactly what they are told. Must not reach into the gateway but through its
/// listeners, its topics and its metrics.
@NullMarked
package io.sluice.it.chat;

import org.jspecify.annotations.NullMarked;
