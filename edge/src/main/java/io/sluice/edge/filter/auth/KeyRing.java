package io.sluice.edge.filter.auth;

import java.util.ArrayList;
import java.util.List;

/// The keys in force at one time.
///
/// @param generation rises with every change, so that what an older ring verified is not believed any longer
/// @param state whether keys of an endpoint are still to come
record KeyRing(List<VerificationKey> keys, int generation, State state) {

    /// Whether the ring is all there is.
    enum State {
        COMPLETE,
        /// Keys of the endpoint never came yet.
        AWAITED
    }

    KeyRing {
        keys = List.copyOf(keys);
    }

    /// A ring that never changes.
    static KeyRing fixed(List<VerificationKey> keys) {
        return new KeyRing(keys, 0, State.COMPLETE);
    }

    /// The next ring: these fetched keys after the configured ones.
    KeyRing with(List<VerificationKey> configured, List<VerificationKey> fetched) {
        List<VerificationKey> all = new ArrayList<>(configured);
        all.addAll(fetched);
        return new KeyRing(all, generation + 1, State.COMPLETE);
    }
}
