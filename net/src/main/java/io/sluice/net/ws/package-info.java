/// WebSocket (RFC 6455) on any HTTP exchange: handshake, frames, pings, the closing handshake. It
/// knows no messages, channels or users. All of it runs on the loop of its connection. Text is
/// checked to be UTF-8 and otherwise not looked at; a buffer belongs to whoever a method says.
@NullMarked
package io.sluice.net.ws;

import org.jspecify.annotations.NullMarked;
