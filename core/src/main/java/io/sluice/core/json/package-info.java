/// JSON for messages, error bodies, pages and logs: a small immutable tree
/// read strictly over Jackson's streaming core, and a writer straight to
/// UTF-8 bytes, which can also print as a round trip through JavaScript
/// would. Any thread but for the writer; no data binding by reflection.
/// Depth is bounded here, length by who reads the bytes.
@NullMarked
package io.sluice.core.json;

import org.jspecify.annotations.NullMarked;
