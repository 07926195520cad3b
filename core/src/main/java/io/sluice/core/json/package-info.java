/// Small JSON writing and reading for error bodies, pages and logs, over Jackson's streaming core.
/// Any thread; no data binding by reflection.
@NullMarked
package io.sluice.core.json;

import org.jspecify.annotations.NullMarked;
