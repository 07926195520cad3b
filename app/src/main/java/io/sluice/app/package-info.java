/// Puts the rooms together: wiring, command line, and the pages that show what is running.
/// Start order is program order. Nothing to the left may depend on this room.
@NullMarked
package io.sluice.app;

import org.jspecify.annotations.NullMarked;
