/// TLS for both directions from PEM files: contexts, server name selection, reload of changed files.
/// Files are read on virtual threads or at start, never on a loop; contexts are immutable and shared by all loops.
/// Knows bytes and certificates, not HTTP: what comes after the handshake is the caller's to install.
@NullMarked
package io.sluice.net.tls;

import org.jspecify.annotations.NullMarked;
