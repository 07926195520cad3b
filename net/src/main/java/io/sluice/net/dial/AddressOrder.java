package io.sluice.net.dial;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/// In which order the addresses of a name are asked for a connection.
final class AddressOrder {
    private AddressOrder() {}

    /// Those of the family the first one has take turns in being first. The others stay behind them: a name with both,
    /// such as `localhost`, need not mean the same server in both.
    ///
    /// @param found as resolved, the preferred family first; not empty
    /// @param turn counts the connections asked for
    static List<InetSocketAddress> from(List<InetSocketAddress> found, int turn) {
        if (found.size() == 1) {
            return found;
        }
        Class<?> family = found.getFirst().getAddress().getClass();
        List<InetSocketAddress> preferred = new ArrayList<>(found);
        preferred.removeIf(address -> !family.isInstance(address.getAddress()));
        List<InetSocketAddress> ordered = new ArrayList<>(found.size());
        for (int i = 0; i < preferred.size(); i++) {
            ordered.add(preferred.get(Math.floorMod(turn + i, preferred.size())));
        }
        found.stream()
                .filter(address -> !family.isInstance(address.getAddress()))
                .forEach(ordered::add);
        return ordered;
    }
}
