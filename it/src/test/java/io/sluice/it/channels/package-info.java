/// Channels over HTTP, over real sockets: event streams in both versions of HTTP, the server API, and messages that
/// cross from one face to another. Each test has a gateway of its own.
@NullMarked
package io.sluice.it.channels;

import org.jspecify.annotations.NullMarked;
