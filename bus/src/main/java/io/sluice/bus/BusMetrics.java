package io.sluice.bus;

import io.sluice.core.telemetry.Count;
import io.sluice.core.telemetry.Counters;
import io.sluice.core.telemetry.Level;
import io.sluice.core.telemetry.Metrics;

/// What the bus counts. Any thread.
public final class BusMetrics {
    private final Count published;
    private final Count delivered;
    private final Count appended;
    private final Count handled;
    private final Count subscriptions;
    private final Counters dropped;
    private final Counters reconnects;
    private final Counters setAside;
    private final Level names;
    private final Level namesakes;
    private final Level up;

    public BusMetrics(Metrics metrics) {
        Counters messages =
                metrics.counters(
                        "gateway_bus_messages_total",
                        "Messages and records of the bus, by what became of them.",
                        "event");
        published = messages.of("published");
        delivered = messages.of("delivered");
        appended = messages.of("appended");
        handled = messages.of("handled");
        subscriptions = messages.of("resubscribed");
        dropped =
                metrics.counters(
                        "gateway_bus_dropped_total", "What a full buffer dropped.", "buffer");
        reconnects =
                metrics.counters(
                        "gateway_bus_reconnects_total",
                        "Connections to a shared server made anew.",
                        "server");
        setAside =
                metrics.counters(
                        "gateway_bus_records_set_aside_total",
                        "Records no handler could take.",
                        "topic");
        names =
                metrics.gauges("gateway_bus_subscriptions", "Names with a listener on this node.")
                        .of();
        namesakes = metrics.gauges("gateway_bus_namesakes", "Other nodes that have our name.").of();
        up = metrics.gauges("gateway_bus_up", "1 while all shared servers are in reach.").of();
        up.set(1);
    }

    /// A message was published by this node.
    public void published() {
        published.inc();
    }

    /// A message was handed to the listeners of this node.
    public void delivered() {
        delivered.inc();
    }

    /// A record was taken by the log.
    public void appended() {
        appended.inc();
    }

    /// A record was handled to its end.
    public void handled() {
        handled.inc();
    }

    /// Names were subscribed again after a reconnect.
    public void resubscribed(int amount) {
        subscriptions.add(amount);
    }

    /// A full buffer, named by a short word of ours, dropped something.
    public void dropped(String buffer) {
        dropped.of(buffer).inc();
    }

    public void reconnected(String server) {
        reconnects.of(server).inc();
    }

    /// @return how many of the topic there are now
    public long setAside(String topic) {
        Count ofTopic = setAside.of(topic);
        ofTopic.inc();
        return ofTopic.value();
    }

    /// How many records of the topic were set aside.
    public long setAsideOf(String topic) {
        return setAside.of(topic).value();
    }

    /// How much the buffer has dropped.
    public long droppedBy(String buffer) {
        return dropped.of(buffer).value();
    }

    /// How often the server was connected to again.
    public long reconnectsOf(String server) {
        return reconnects.of(server).value();
    }

    public void nameAdded() {
        names.inc();
    }

    public void nameReleased() {
        names.dec();
    }

    /// So many other nodes have the name of this one.
    public void namesakes(long amount) {
        namesakes.set((double) amount);
    }

    /// How many other nodes have the name of this one.
    public long namesakes() {
        return (long) namesakes.value();
    }

    /// Follows the health on the metrics page.
    public void follow(BusHealth health) {
        health.watch(status -> up.set(status.state() == BusHealth.State.UP ? 1 : 0));
    }
}
