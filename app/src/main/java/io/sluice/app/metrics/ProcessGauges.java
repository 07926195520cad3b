package io.sluice.app.metrics;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.sluice.net.loop.Loop;
import io.sluice.net.loop.Loops;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;

/// The gauges of the process itself, read when the page is asked for and at no other time.
public final class ProcessGauges {
    private final PrometheusRegistry registry;

    private ProcessGauges(PrometheusRegistry registry) {
        this.registry = registry;
    }

    /// Registers all process gauges; once per registry.
    ///
    /// @param connections open client connections
    public static void register(
            PrometheusRegistry registry, ProcessStats stats, Loops loops, IntSupplier connections) {
        ProcessGauges gauges = new ProcessGauges(registry);
        gauges.memory(stats);
        gauges.process(stats);
        gauges.gauge("gateway_loops", "Event loops.", loops::count);
        gauges.gauge(
                "gateway_loops_behind",
                "Event loops that have more to do than they can.",
                () -> loops.all().stream().filter(Loop::isBehind).count());
        gauges.gauge(
                "gateway_loops_with_send_ring",
                "Event loops that send what many clients get through an io_uring.",
                () -> loops.all().stream().filter(Loop::hasSendRing).count());
        gauges.gauge("gateway_connections_open", "Open client connections.", connections::getAsInt);
        Info.builder()
                .name("gateway_info")
                .help("Version and transport.")
                .labelNames("version", "transport")
                .register(registry)
                .addLabelValues(BuildInfo.version(), loops.transport().label());
    }

    private void memory(ProcessStats stats) {
        gauge(
                "process_resident_memory_bytes",
                "Resident memory of the process.",
                stats::residentBytes);
        gauge("jvm_memory_heap_used_bytes", "Used heap.", stats::heapUsedBytes);
        gauge("jvm_memory_heap_committed_bytes", "Committed heap.", stats::heapCommittedBytes);
        gauge("jvm_memory_heap_max_bytes", "Largest heap allowed.", stats::heapMaxBytes);
        gauge("jvm_memory_direct_used_bytes", "Memory of direct buffers.", stats::directBytes);
    }

    private void process(ProcessStats stats) {
        gauge("process_open_fds", "Open file descriptors.", stats::openDescriptors);
        gauge(
                "process_start_time_seconds",
                "Start of the process, Unix time.",
                () -> stats.started().toEpochMilli() / 1000.0);
        gauge("jvm_threads_current", "Live platform threads.", stats::liveThreads);
        CounterWithCallback.builder()
                .name("process_cpu_seconds_total")
                .help("User and system CPU time.")
                .callback(callback -> callback.call(stats.cpuSeconds()))
                .register(registry);
    }

    private void gauge(String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsDouble()))
                .register(registry);
    }
}
