package io.sluice.realtime.session;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// How many connections each address has on this node. Keeps nothing of addresses without connections, and nothing at
/// all without a limit. Any thread, no waiting.
public final class AddressLimit {
    private final int most;
    private final ConcurrentMap<String, Integer> open = new ConcurrentHashMap<>();

    /// @param most connections of one address; 0 for any number
    public AddressLimit(int most) {
        this.most = most;
    }

    /// Takes a place. Who gets one gives it back by [#leave], once.
    ///
    /// @return false when the address has all it may have
    public boolean enter(String address) {
        if (most == 0) {
            return true;
        }
        boolean[] entered = {false};
        open.compute(
                address,
                (_, count) -> {
                    int now = count == null ? 0 : count;
                    entered[0] = now < most;
                    return entered[0] ? Integer.valueOf(now + 1) : count;
                });
        return entered[0];
    }

    public void leave(String address) {
        if (most > 0) {
            open.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
        }
    }

    /// Addresses that have connections; 0 without a limit.
    public int addresses() {
        return open.size();
    }
}
