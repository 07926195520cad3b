package io.sluice.bus.redis;

import io.lettuce.core.RedisURI;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The server at an address. Behind Sentinels that is whichever they call the master, asked anew for every connection,
/// so that a failover costs no more than a broken connection does.
final class Server {
    private final RedisURI address;
    private final Lettuce lettuce;

    /// The Sentinel that answered last; the others are asked when it does not.
    private volatile int favourite;

    Server(URI address, Lettuce lettuce) {
        this.address = RedisURI.create(address);
        this.lettuce = lettuce;
    }

    /// Whether another server may take its place.
    boolean isWatched() {
        return !address.getSentinels().isEmpty();
    }

    /// Where to connect to now. Blocks.
    RedisURI find() throws Broken {
        if (!isWatched()) {
            return address;
        }
        List<RedisURI> sentinels = address.getSentinels();
        int first = favourite;
        String why = "";
        for (int i = 0; i < sentinels.size(); i++) {
            int which = (first + i) % sentinels.size();
            try {
                RedisURI master = ask(sentinels.get(which));
                if (master != null) {
                    favourite = which;
                    return master;
                }
                why = "it knows no such master";
            } catch (Broken e) {
                why = e.why();
            }
        }
        throw new Broken("no Sentinel names the master, " + why);
    }

    private @Nullable RedisURI ask(RedisURI sentinel) throws Broken {
        RedisURI master = lettuce.master(sentinel, address.getSentinelMasterId());
        if (master != null) {
            master.applyAuthentication(address);
            master.applySsl(address);
            master.setDatabase(address.getDatabase());
        }
        return master;
    }

    /// Whether Sentinels name another one by now; not when none of them answers. Blocks.
    boolean hasMoved(RedisURI from) {
        if (!isWatched()) {
            return false;
        }
        try {
            return !same(find(), from);
        } catch (Broken _) {
            return false;
        }
    }

    static boolean same(RedisURI one, RedisURI other) {
        return one.getPort() == other.getPort() && one.getHost().equals(other.getHost());
    }
}
