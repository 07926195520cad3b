package io.sluice.realtime.session;

import io.sluice.net.http.ClientNetwork;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// How many connections each client has on this node, told by address. Keeps nothing of clients without connections, and
/// nothing at all without a limit. Any thread, no waiting.
public final class AddressLimit {
    private final int most;
    private final ClientNetwork clients;
    private final ConcurrentMap<String, Integer> open = new ConcurrentHashMap<>();

    /// @param most connections of one client; 0 for any number
    /// @param clients which addresses are one client
    public AddressLimit(int most, ClientNetwork clients) {
        this.most = most;
        this.clients = clients;
    }

    /// Takes a place. Who gets one gives it back by [#leave], once.
    ///
    /// @return false when the client has all he may have
    public boolean enter(String address) {
        if (most == 0) {
            return true;
        }
        boolean[] entered = {false};
        open.compute(
                clients.of(address),
                (_, count) -> {
                    int now = count == null ? 0 : count;
                    entered[0] = now < most;
                    return entered[0] ? Integer.valueOf(now + 1) : count;
                });
        return entered[0];
    }

    public void leave(String address) {
        if (most > 0) {
            open.computeIfPresent(clients.of(address), (_, count) -> count == 1 ? null : count - 1);
        }
    }

    /// Clients that have connections; 0 without a limit.
    public int addresses() {
        return open.size();
    }
}
