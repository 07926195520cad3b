/// What is remembered of every request: one line in the access log and the meters of its route. Runs on loops, at the
/// end of an exchange; the log's own thread writes to the disk, so that no loop ever waits for it. Nothing here changes
/// an exchange, and no secret is written.
@NullMarked
package io.sluice.edge.filter.access;

import org.jspecify.annotations.NullMarked;
