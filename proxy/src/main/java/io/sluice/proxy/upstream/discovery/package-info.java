/// Which services exist and which instances they have: the `registry` section, and the [Registry] that outlives a
/// reload of the configuration and keeps the live object of every instance that did not change. Used at start, at
/// reload and by discovery threads, never on a loop; routes hold the [io.sluice.proxy.upstream.Service] itself. Whether
/// an instance may be picked is not decided here but behind [ServiceKeeper].
@NullMarked
package io.sluice.proxy.upstream.discovery;

import org.jspecify.annotations.NullMarked;
