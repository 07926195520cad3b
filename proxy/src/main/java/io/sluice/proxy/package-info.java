/// Passing a request on: services and their instances, attempts, and the forwarders. Loop threads,
/// except discovery, which runs on virtual threads and publishes immutable snapshots. A backend
/// that fails is an expected value here, not an exception.
@NullMarked
package io.sluice.proxy;

import org.jspecify.annotations.NullMarked;
