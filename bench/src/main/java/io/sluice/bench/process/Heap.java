package io.sluice.bench.process;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The heap of another JVM, by `jcmd`.
public final class Heap {
    private static final int CORE = 1;
    private static final int LIMIT_SECONDS = 20;
    private static final Pattern USED =
            Pattern.compile("(?:DefNew|Tenured|def new|tenured)[^\\n]*used (\\d+)K");

    private Heap() {}

    /// Heap in use after a forced collection, in KiB; 0 when the process is no JVM with the serial collector.
    public static long usedKib(Process process) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        String pid = Long.toString(process.pid());
        Commands.run(CORE, LIMIT_SECONDS, List.of(jcmd, pid, "GC.run"));
        return used(Commands.run(CORE, LIMIT_SECONDS, List.of(jcmd, pid, "GC.heap_info")));
    }

    /// The sum over both generations of what `GC.heap_info` printed.
    static long used(String printed) {
        Matcher used = USED.matcher(printed);
        long sum = 0;
        while (used.find()) {
            sum += Long.parseLong(used.group(1));
        }
        return sum;
    }
}
