/// The gateway as a whole: default configuration, pages, reload, drain. In-process gateways over real
/// loopback sockets, and for exit codes and signals the real process.
@NullMarked
package io.sluice.it.gateway;

import org.jspecify.annotations.NullMarked;
