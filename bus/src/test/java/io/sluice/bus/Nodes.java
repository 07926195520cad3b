package io.sluice.bus;

import java.util.concurrent.atomic.AtomicInteger;

/// Two nodes of one cluster for the contract tests; for a bus without a cluster both are the same.
public interface Nodes {
    AtomicInteger NAMES = new AtomicInteger();

    Bus here();

    Bus there();

    /// A name no other test uses.
    static String name(String about) {
        return about + ":" + ProcessHandle.current().pid() + ":" + NAMES.incrementAndGet();
    }
}
