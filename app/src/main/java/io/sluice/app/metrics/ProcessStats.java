package io.sluice.app.metrics;

import io.netty.util.internal.PlatformDependent;
import io.sluice.core.time.Ticker;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/// What the operating system and the JVM say about this process. Reads `/proc` where there is one, so it may block;
/// figures nobody can give are 0.
public final class ProcessStats {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path UPTIME = Path.of("/proc/uptime");
    private static final Path STAT = Path.of("/proc/self/stat");
    private static final int START_FIELD = 19;
    private static final double TICKS_A_SECOND = 100;
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private final Ticker ticker;
    private final Instant started;

    public ProcessStats(Ticker ticker) {
        this.ticker = ticker;
        this.started = started(ticker.now());
    }

    /// The JVM counts from the second in which the machine was started, and is wrong by up to one; the kernel is not.
    private static Instant started(Instant now) {
        try {
            double uptime = Double.parseDouble(Files.readString(UPTIME).split(" ", 2)[0]);
            String stat = Files.readString(STAT);
            // The fields behind the name of the program, which may hold anything (proc(5)).
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            double age = uptime - Long.parseLong(fields[START_FIELD]) / TICKS_A_SECOND;
            if (age >= 0) {
                return now.minusMillis(Math.round(age * 1000));
            }
        } catch (IOException | RuntimeException notLinux) {
            // The JVM knows it less well.
        }
        return ProcessHandle.current().info().startInstant().orElse(now);
    }

    /// When the operating system started the process, to 10 ms on Linux.
    public Instant started() {
        return started;
    }

    public double uptimeSeconds() {
        return Duration.between(started, ticker.now()).toMillis() / 1000.0;
    }

    /// Pages of the process that are in memory.
    public long residentBytes() {
        try {
            for (String line : Files.readAllLines(STATUS, StandardCharsets.ISO_8859_1)) {
                if (line.startsWith("VmRSS:")) {
                    String digits = line.replaceAll("\\D", "");
                    return Long.parseLong(digits) * 1024;
                }
            }
        } catch (IOException noProc) {
            return 0;
        }
        return 0;
    }

    public long heapUsedBytes() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    public long heapCommittedBytes() {
        return Runtime.getRuntime().totalMemory();
    }

    public long heapMaxBytes() {
        return Runtime.getRuntime().maxMemory();
    }

    /// Memory of direct buffers. The JVM's count misses what Netty allocates past it and Netty's count misses what
    /// others allocate, and they may overlap; the larger one is given.
    public long directBytes() {
        long pooled =
                ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .filter(pool -> pool.getName().equals("direct"))
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum();
        return Math.max(pooled, PlatformDependent.usedDirectMemory());
    }

    /// Open descriptors. From Linux 6.2 on the size of the directory is their number; else its entries are counted.
    public long openDescriptors() {
        try {
            long size = Files.size(DESCRIPTORS);
            return size > 0 ? size : countDescriptors();
        } catch (IOException noProc) {
            return 0;
        }
    }

    private static long countDescriptors() throws IOException {
        try (var entries = Files.list(DESCRIPTORS)) {
            return entries.count();
        }
    }

    /// User and system time together.
    public double cpuSeconds() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(time -> time.toNanos() / 1e9)
                .orElse(0.0);
    }

    public int liveThreads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }
}
