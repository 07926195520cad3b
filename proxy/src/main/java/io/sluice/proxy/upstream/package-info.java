/// Services, their instances, and the seam between choosing an instance and calling it: [Balancer] picks,
/// [InstanceFeedback] and [Breaker] hear how it went. Read and fed on loop threads; snapshots of instances are
/// replaced whole from any thread. Nothing here opens a connection or writes to one.
@NullMarked
package io.sluice.proxy.upstream;

import org.jspecify.annotations.NullMarked;
