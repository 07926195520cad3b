package io.sluice.proxy.upstream.balance;

import io.sluice.proxy.upstream.InstanceSet;
import io.sluice.proxy.upstream.Service;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a balancer works out once per snapshot of its service. Any loop; when two notice a new snapshot at once, both
/// work it out and one result is kept.
final class Prepared<P> {
    private record Built<P>(InstanceSet source, P plan) {}

    private final Service service;
    private final Function<InstanceSet, P> builder;
    private volatile @Nullable Built<P> built;

    Prepared(Service service, Function<InstanceSet, P> builder) {
        this.service = service;
        this.builder = builder;
    }

    /// The plan for the snapshot in force.
    @SuppressWarnings(
            "ReferenceEquality") // two snapshots may be equal and differ in what hangs on their
    // instances
    P get() {
        InstanceSet now = service.instances();
        Built<P> last = built;
        if (last == null || last.source() != now) {
            last = new Built<>(now, builder.apply(now));
            built = last;
        }
        return last.plan();
    }
}
