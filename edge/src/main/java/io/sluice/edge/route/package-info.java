/// Matching a request to its route: patterns, precedence, methods and hosts, compiled once. The
/// table is immutable and shared by all loops; a reload swaps it whole. It matches on the canonical
/// path only, the same one that is forwarded.
@NullMarked
package io.sluice.edge.route;

import org.jspecify.annotations.NullMarked;
