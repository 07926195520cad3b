/// Extensions that only the tests bring: a filter and a source of services, found by `ServiceLoader` as those of any
/// jar on the class path are. What they do is steered by their settings or by the test that uses them.
@NullMarked
package io.sluice.it.extension;

import org.jspecify.annotations.NullMarked;
