/// The command line: `sluice run|check|routes|version|help`. It reads arguments, asks the wiring,
/// and turns the answer into text and an exit code. Runs on the main thread; it must not know what
/// a route or a service is beyond the words it prints.
@NullMarked
package io.sluice.app.cli;

import org.jspecify.annotations.NullMarked;
