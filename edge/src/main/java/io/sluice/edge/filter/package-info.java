/// The fixed order of filters and the contract of one. Filters answer with a sealed step.
/// Loop threads; a filter that must wait answers Later and never blocks.
@NullMarked
package io.sluice.edge.filter;

import org.jspecify.annotations.NullMarked;
