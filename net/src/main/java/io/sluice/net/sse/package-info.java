/// Server-Sent Events (HTML Living Standard 9.2): events encoded once for any number of clients, and
/// one open stream to a client. It knows no channels or users. A stream lives on the loop of its
/// connection; encoding may happen on any thread.
@NullMarked
package io.sluice.net.sse;

import org.jspecify.annotations.NullMarked;
