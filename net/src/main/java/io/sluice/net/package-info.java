/// Sockets and the words of HTTP: loops, listeners, TLS, codecs and outbound connections. Runs on
/// loop threads; nothing in this room may block, and nothing here knows a route or a service. What
/// a request means is decided in later rooms.
@NullMarked
package io.sluice.net;

import org.jspecify.annotations.NullMarked;
