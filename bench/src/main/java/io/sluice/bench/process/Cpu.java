package io.sluice.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What the kernel says a process and its children have used (`/proc`, proc(5)).
public final class Cpu {
    private static final double TICKS_PER_SECOND = 100;
    private static final int UTIME = 11;
    private static final int STIME = 12;
    private static final int IDLE = 4;
    private static final int IOWAIT = 5;
    private static final int SOFTIRQ = 7;

    private Cpu() {}

    /// User and system seconds of a process and all its living descendants since they started.
    public static double seconds(ProcessHandle process) {
        try (Stream<ProcessHandle> descendants = process.descendants()) {
            return own(process) + descendants.mapToDouble(Cpu::own).sum();
        }
    }

    private static double own(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME]))
                    / TICKS_PER_SECOND;
        } catch (NoSuchFileException gone) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Seconds that a core has been busy since the machine started, whoever used it.
    public static double coreSeconds(int core) {
        try {
            return Files.readAllLines(Path.of("/proc/stat")).stream()
                    .filter(line -> line.startsWith("cpu" + core + " "))
                    .mapToDouble(Cpu::busy)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// All columns of a line of `/proc/stat` up to softirq, but idle and iowait.
    private static double busy(String line) {
        String[] fields = line.split(" ");
        long ticks = 0;
        for (int i = 1; i <= SOFTIRQ; i++) {
            ticks += i == IDLE || i == IOWAIT ? 0 : Long.parseLong(fields[i]);
        }
        return ticks / TICKS_PER_SECOND;
    }

    /// Resident memory of a process in KiB.
    public static long residentKib(ProcessHandle process) {
        try {
            List<String> status =
                    Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"));
            return status.stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
