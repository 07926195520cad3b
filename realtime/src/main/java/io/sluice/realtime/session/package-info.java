/// What keeps one client, one user or one address from taking more than its share, and what ends with time: frame
/// rates, connection limits, the end of credentials, the window in which a repeated message is known. Knows nothing of
/// channels or faces. Rules are immutable and shared; what changes lives on the loop of a connection, or says which
/// threads may call it. Must not keep anything for a connection that has ended.
@NullMarked
package io.sluice.realtime.session;

import org.jspecify.annotations.NullMarked;
