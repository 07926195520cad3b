/// Cross-origin requests (Fetch, CORS protocol): preflights are answered here, without authentication and without a
/// service; the CORS fields of services are replaced by ours. Runs on loops; nothing here refuses a request, because
/// keeping pages from reading an answer is the browser's part.
@NullMarked
package io.sluice.edge.filter.cors;

import org.jspecify.annotations.NullMarked;
