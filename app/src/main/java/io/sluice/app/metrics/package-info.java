/// What the gateway counts, shown as a page: Prometheus text, or JSON by `Accept`, and the gauges of the process itself.
/// Pages collect on a virtual thread, since gauges read `/proc` and thousands of series take milliseconds to write.
/// Nothing here counts requests: counters belong to the rooms that do the work.
@NullMarked
package io.sluice.app.metrics;

import org.jspecify.annotations.NullMarked;
