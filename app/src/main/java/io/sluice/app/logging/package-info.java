/// How log events become lines on standard output: JSON for machines, plain text for a terminal.
/// Set up in code, not by an XML file, because parsing one is a good part of a cold start. Any thread
/// may log; nothing here decides what is logged, and access log lines do not come through here.
@NullMarked
package io.sluice.app.logging;

import org.jspecify.annotations.NullMarked;
