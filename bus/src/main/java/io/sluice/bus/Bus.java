package io.sluice.bus;

/// Everything one node shares with the others. Made once per process and closed last. Each part says on which
/// threads it may be called.
public interface Bus extends AutoCloseable {

    /// Name of this node, different from that of every other node of the cluster.
    String node();

    /// Whether topics, tables and leases stay in this process, because no other node shares them.
    default boolean alone() {
        return false;
    }

    Topics topics();

    NumberedTopics numberedTopics();

    Log log();

    Table table();

    Members members();

    Leases leases();

    Counters counters();

    BusHealth health();

    /// Ends all subscriptions, sends what waits for at most a second, and closes the connections. Blocks.
    @Override
    void close();
}
