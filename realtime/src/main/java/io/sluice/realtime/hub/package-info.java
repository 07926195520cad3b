/// Connections, the channels they are in, and the way of a message to all of them. The hub knows neither sockets nor
/// wire formats: it writes framed bytes to a [Wire] in a [WireForm]. Membership and everything that waits to be
/// written belong to one loop each and are touched on its thread only; between loops messages travel through one
/// inbox per loop. Nothing here blocks, parses what clients sent, or decides who may do what.
@NullMarked
package io.sluice.realtime.hub;

import org.jspecify.annotations.NullMarked;
