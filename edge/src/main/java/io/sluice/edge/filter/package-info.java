/// The fixed order of filters and the contract of one. Filters answer with a sealed step. Loop
/// threads; a filter that must wait answers Later and never blocks. What a filter needs is compiled
/// when the configuration is loaded, not looked up while serving.
@NullMarked
package io.sluice.edge.filter;

import org.jspecify.annotations.NullMarked;
