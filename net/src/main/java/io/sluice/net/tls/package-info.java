/// TLS for both directions from PEM files: contexts, server name selection, reload of changed
/// files. Files are read on virtual threads; contexts are immutable and shared by all loops. A file
/// that cannot be read leaves the context in use as it was.
@NullMarked
package io.sluice.net.tls;

import org.jspecify.annotations.NullMarked;
