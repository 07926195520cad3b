/// Fixtures for tests of every room: raw sockets, an origin server, a proxy that breaks connections, free
/// ports, certificates, the check for leaked buffers. They know no room of the gateway, so that a fault in
/// one cannot hide in the test of it. Everything stays on the loopback address, blocks, and runs on test
/// threads or virtual threads; nothing here belongs in the product.
@NullMarked
package io.sluice.testkit;

import org.jspecify.annotations.NullMarked;
