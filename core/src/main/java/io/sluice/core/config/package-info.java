/// Binds YAML to configuration records: every problem at once, with file, line and nearest known key.
/// Knows environment forms and references, but no feature. Used at start and at reload on the calling thread,
/// never while serving.
@NullMarked
package io.sluice.core.config;

import org.jspecify.annotations.NullMarked;
