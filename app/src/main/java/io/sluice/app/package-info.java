/// Puts the rooms together: wiring, command line, and the pages that show what is running. Start
/// order is program order. Nothing to the left may depend on this room. It decides nothing about a
/// request; it only connects the parts that do.
@NullMarked
package io.sluice.app;

import org.jspecify.annotations.NullMarked;
