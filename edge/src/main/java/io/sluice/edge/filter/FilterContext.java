package io.sluice.edge.filter;

import io.sluice.core.telemetry.Metrics;
import io.sluice.core.time.Ticker;

/// What a filter may need besides its settings.
///
/// @param routeId id of the rule it works for
/// @param ticker the only clock
/// @param metrics where its own meters belong; names are looked up here, never per request
/// @param loops how many loops the process has, for state per loop
public record FilterContext(String routeId, Ticker ticker, Metrics metrics, int loops) {}
