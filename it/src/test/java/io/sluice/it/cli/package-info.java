/// The command line as a user meets it: `./sluice` as a process, with its output and its exit code.
/// Needs the application folder, which `mvn verify` has put together before these tests run.
@NullMarked
package io.sluice.it.cli;

import org.jspecify.annotations.NullMarked;
