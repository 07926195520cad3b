package io.sluice.realtime.dialect.rt;

/// Tells everybody how a group is. On a virtual thread.
@FunctionalInterface
interface Announcer {
    void announce(String local, String status, byte[] details);
}
