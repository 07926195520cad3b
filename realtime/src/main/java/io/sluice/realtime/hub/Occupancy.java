package io.sluice.realtime.hub;

import io.sluice.bus.Bus;
import io.sluice.bus.Lease;
import io.sluice.core.fail.GatewayException;
import io.sluice.core.time.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which channels have members anywhere in the cluster, and how many. Each node says so of itself every 10 s; what a
/// node said is forgotten 30 s after it last did.
public final class Occupancy implements AutoCloseable {
    private static final String NODES = "sluice:nodes";
    private static final String CHANNELS = "sluice:channels:";
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration LENGTH = Duration.ofSeconds(30);

    /// Of the channels of one node no more than this are told to the others: those with the most members.
    private static final int MOST_CHANNELS = 10_000;

    /// @param members by channel, those of this node as they are now
    /// @param missingNodes nodes that are alive but did not say, and this node when the shared server is gone
    public record Count(Map<String, Integer> members, List<String> missingNodes) {
        public Count {
            members = Map.copyOf(members);
            missingNodes = List.copyOf(missingNodes);
        }
    }

    private final Hub hub;
    private final Bus bus;
    private @Nullable Thread teller;
    private Map<String, String> told = Map.of();

    public Occupancy(Hub hub, Bus bus) {
        this.hub = hub;
        this.bus = bus;
    }

    /// Begins to tell the other nodes, on a virtual thread, until closed.
    public void start() {
        teller = Thread.ofVirtual().name("occupancy").start(this::tellOften);
    }

    private void tellOften() {
        try {
            while (true) {
                tellIfPossible();
                Pause.of(EVERY);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void tellIfPossible() {
        try {
            tell();
        } catch (GatewayException gone) {
            told = Map.of();
        }
    }

    /// Tells the others once. Blocks.
    void tell() {
        bus.leases().take(new Lease(NODES, bus.node()), LENGTH);
        Map<String, String> now = own();
        String key = CHANNELS + bus.node();
        if (now.equals(told) && bus.table().renew(key, LENGTH)) {
            return;
        }
        bus.table().remove(key);
        // An empty field, as a key without fields does not exist and would look like silence.
        Map<String, String> fields = new HashMap<>(now);
        fields.put("", "0");
        bus.table().put(key, fields, LENGTH);
        told = now;
    }

    private Map<String, String> own() {
        Map<String, String> own = new HashMap<>();
        hub.channels().entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(MOST_CHANNELS)
                .forEach(entry -> own.put(entry.getKey(), Integer.toString(entry.getValue())));
        return own;
    }

    /// Members of all channels on all nodes, as far as the nodes can be heard. Blocks; does not fail.
    public Count count() {
        Map<String, Integer> members = new TreeMap<>(hub.channels());
        List<String> missing = new ArrayList<>();
        try {
            TreeSet<String> others = new TreeSet<>(bus.leases().living(NODES));
            others.remove(bus.node());
            for (String node : others) {
                if (!add(members, bus.table().get(CHANNELS + node))) {
                    missing.add(node);
                }
            }
        } catch (GatewayException gone) {
            missing.add(bus.node());
        }
        return new Count(members, missing);
    }

    private static boolean add(Map<String, Integer> members, Map<String, String> said) {
        said.forEach((channel, count) -> {
            if (!channel.isEmpty()) {
                members.merge(channel, number(count), Integer::sum);
            }
        });
        return !said.isEmpty();
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notOurs) {
            return 0;
        }
    }

    /// Ends telling, and takes back what was told as far as the bus can be reached. Blocks.
    @Override
    public void close() {
        if (teller != null) {
            teller.interrupt();
        }
        try {
            bus.leases().release(new Lease(NODES, bus.node()));
            bus.table().remove(CHANNELS + bus.node());
        } catch (GatewayException gone) {
            // It ends by itself.
        }
    }
}
