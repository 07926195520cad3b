/// The side-by-side load runs behind `make bench`: the gateway and its peers, one after the other in one run, pinned to
/// one core, while client and origin use the other. What counts is CPU time of the gateway process a request, as a ratio.
/// Nothing here is a test: it prints, writes `docs/benchmarks.md` and never fails because something was slow.
@NullMarked
package io.sluice.bench;

import org.jspecify.annotations.NullMarked;
