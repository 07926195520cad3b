/// Ways to the sockets of a loop that go around their channels: for bytes that can leave at once, and for
/// those that many clients get, one system call each or all in one through an io_uring. They stand in for
/// the channel's own write only while nothing waits in its queue.
@NullMarked
package io.sluice.net.direct;

import org.jspecify.annotations.NullMarked;
