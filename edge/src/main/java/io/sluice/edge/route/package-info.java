/// Matching a request to its route: patterns, precedence, methods and hosts, compiled once.
/// The table is immutable and shared by all loops; a reload swaps it whole.
@NullMarked
package io.sluice.edge.route;

import org.jspecify.annotations.NullMarked;
