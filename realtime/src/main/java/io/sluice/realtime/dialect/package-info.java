/// What every dialect is made of: how its clients are written to, and the face that acts on what they say. The seam
/// for dialects of other jars is [DialectFactory]. Everything runs on the loop of the connection it is about. A dialect
/// never touches the socket of a client, nor another connection than through the hub.
@NullMarked
package io.sluice.realtime.dialect;

import org.jspecify.annotations.NullMarked;
