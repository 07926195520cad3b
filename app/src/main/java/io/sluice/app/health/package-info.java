/// Whether the gateway lives, is ready and is well: the pages that say so and the checks behind them.
/// Pages answer on the loop from results already at hand; checks run on virtual threads, one each, by their interval.
/// Nothing here changes how traffic is routed: health of service instances belongs to `proxy.upstream.health`.
@NullMarked
package io.sluice.app.health;

import org.jspecify.annotations.NullMarked;
