/// Whole configurations from text to routes and complaints, and the pages of the guide that are made from the
/// records. Starts nothing. Every file in `src/test/resources/config` is a case: YAML, a ruler, and what it says.
@NullMarked
package io.sluice.it.config;

import org.jspecify.annotations.NullMarked;
