/// The face `chat`: rooms, messages, reactions and replies for people, in two profiles of one protocol. A pure codec
/// (texts to [ChatInbound], events to texts, events to and from the bus) and the face that acts on it. Codec classes
/// keep no state and run on any thread; the face runs on the loop of its connection and never blocks it. Must not
/// write to any connection but the one whose frame it handles; everybody else is reached through the hub.
@NullMarked
package io.sluice.realtime.dialect.chat;

import org.jspecify.annotations.NullMarked;
