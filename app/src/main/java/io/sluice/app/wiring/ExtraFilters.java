package io.sluice.app.wiring;

import io.sluice.core.telemetry.Metrics;
import io.sluice.core.time.Ticker;
import io.sluice.edge.filter.CountedFilter;
import io.sluice.edge.filter.Filter;
import io.sluice.edge.filter.FilterContext;
import io.sluice.edge.filter.FilterFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The filters a rule names by the id of their factory.
///
/// @param factories all there are
/// @param loops how many loops the process has
record ExtraFilters(List<FilterFactory> factories, Ticker ticker, Metrics metrics, int loops) {

    /// In the order they are named; the chain sorts them by phase among the others.
    ///
    /// @throws IllegalArgumentException when no factory has such an id
    /// @throws RuntimeException when settings cannot be used
    List<Filter> of(Map<String, Map<String, String>> named, String routeId) {
        FilterContext context = new FilterContext(routeId, ticker, metrics, loops);
        List<Filter> filters = new ArrayList<>(named.size());
        named.forEach((id, settings) ->
                filters.add(
                        new CountedFilter(
                                factory(id, routeId).create(settings, context), id, metrics)));
        return filters;
    }

    private FilterFactory factory(String id, String routeId) {
        return factories.stream()
                .filter(factory -> factory.id().equals(id))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "rule " + routeId + ": there is no filter '" + id + "'"));
    }
}
