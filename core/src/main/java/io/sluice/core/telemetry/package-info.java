/// Names and meters shared by all rooms: log field names, the metrics registry, redaction. Meters
/// are safe on any thread; label values must be bounded (route ids, never raw paths). Nothing here
/// decides what is measured; the rooms do.
@NullMarked
package io.sluice.core.telemetry;

import org.jspecify.annotations.NullMarked;
