/// The fences of the project as tests: order of packages, libraries in their rooms, the form of sources.
/// They read class files and sources, start nothing, and run in `make check` as well.
/// What a fence allows stands in `build/`, with the reason.
@NullMarked
package io.sluice.it.gates;

import org.jspecify.annotations.NullMarked;
