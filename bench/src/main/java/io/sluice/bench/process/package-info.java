/// Other programs: starting them on a core, stopping them by their handle, and reading what the kernel and the JVM say
/// of them. Knows no case and no peer. Called from the bench's only thread; everything here blocks, and whatever was
/// started ends with this process at the latest.
@NullMarked
package io.sluice.bench.process;

import org.jspecify.annotations.NullMarked;
