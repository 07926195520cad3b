/// Realms, members, bridges, policies, capabilities and loops: domain, storage, REST and wire.
/// Domain and storage run on virtual threads; only the wire runs on loops. What a realm may do is
/// decided here and nowhere else.
@NullMarked
package io.sluice.mesh;

import org.jspecify.annotations.NullMarked;
