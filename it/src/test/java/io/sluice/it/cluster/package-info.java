/// Several gateways as one: what clients of some notice when others end or die. Nodes that die are processes of their
/// own, killed as a kernel would; all share a real Redis.
@NullMarked
package io.sluice.it.cluster;

import org.jspecify.annotations.NullMarked;
