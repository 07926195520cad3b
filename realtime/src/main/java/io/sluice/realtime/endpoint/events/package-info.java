/// Channels as streams of Server-Sent Events: `GET /events?channel=…`. One form of JSON for the events of all faces,
/// framed once for all subscribers of a framing; a subscriber is an ordinary connection of the hub. Runs on the loop of
/// its stream and never blocks it. It decides who may hear a channel, and says nothing in one.
@NullMarked
package io.sluice.realtime.endpoint.events;

import org.jspecify.annotations.NullMarked;
