/// Small JSON writing and reading for error bodies, pages and logs,
/// over Jackson's streaming core. Any thread; no data binding by
/// reflection. Depth and size of what is read are bounded.
@NullMarked
package io.sluice.core.json;

import org.jspecify.annotations.NullMarked;
