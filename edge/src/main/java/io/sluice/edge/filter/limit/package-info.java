/// How much one client may ask: token buckets per address and per identity, and the size of bodies. Runs on loops;
/// buckets are shared by all loops without locks and bounded in number. Nothing here waits for a token: who has none is
/// refused at once.
@NullMarked
package io.sluice.edge.filter.limit;

import org.jspecify.annotations.NullMarked;
