package io.sluice.bench;

import io.sluice.bench.process.Commands;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What puts the load on, on the client's core.
enum Load {
    /// 64 keep-alive connections over HTTP/1.1.
    KEEP_ALIVE("wrk") {
        @Override
        List<String> options(int seconds) {
            return List.of("-t1", "-c64", "-d" + seconds + "s", "--latency");
        }

        @Override
        Result result(String printed) {
            return new Result(
                    number(REQUESTS, printed),
                    millis(printed),
                    number(BAD, printed) + number(SOCKET_ERRORS, printed));
        }
    },
    /// A new connection and TLS handshake for every request.
    HANDSHAKES("ab") {
        @Override
        int warmRuns() {
            return 2;
        }

        @Override
        List<String> options(int seconds) {
            return List.of("-q", "-t", Integer.toString(seconds), "-n", "1000000", "-c", "16");
        }

        @Override
        Result result(String printed) {
            return new Result(number(AB_COMPLETE, printed), 0, number(AB_FAILED, printed));
        }
    },
    /// 32 HTTP/2 connections with 16 streams each.
    STREAMS("h2load") {
        @Override
        List<String> options(int seconds) {
            return List.of("-t1", "-c32", "-m16", "-D", Integer.toString(seconds));
        }

        @Override
        Result result(String printed) {
            return new Result(number(H2_DONE, printed), 0, number(H2_FAILED, printed));
        }
    };

    private static final int GRACE_SECONDS = 30;
    private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in");
    private static final Pattern P99 = Pattern.compile("99%\\s+([\\d.]+)(us|ms|s)");
    private static final Pattern BAD = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");
    private static final Pattern SOCKET_ERRORS =
            Pattern.compile("Socket errors: connect \\d+, read (\\d+)");
    private static final Pattern AB_COMPLETE = Pattern.compile("Complete requests:\\s+(\\d+)");
    private static final Pattern AB_FAILED = Pattern.compile("Failed requests:\\s+(\\d+)");
    private static final Pattern H2_DONE = Pattern.compile("(\\d+) succeeded");
    private static final Pattern H2_FAILED = Pattern.compile("(\\d+) failed");

    private final String program;

    Load(String program) {
        this.program = program;
    }

    /// What one run came to.
    ///
    /// @param p99Millis 0 when the program does not tell
    record Result(long requests, double p99Millis, long failed) {}

    /// What the program is told, without its name, the headers and the address.
    abstract List<String> options(int seconds);

    /// How many times the usual warm-up it takes. A JIT counts calls and not seconds, and of handshakes there are a
    /// tenth as many in a second as of requests.
    int warmRuns() {
        return 1;
    }

    /// What it printed, understood.
    abstract Result result(String printed);

    /// @param headers `Name: value` of each request
    Result run(int core, int seconds, String url, List<String> headers) {
        return result(Commands.run(core, seconds + GRACE_SECONDS, command(seconds, url, headers)));
    }

    boolean installed() {
        return Commands.installed(program);
    }

    String program() {
        return program;
    }

    private List<String> command(int seconds, String url, List<String> headers) {
        List<String> all = new ArrayList<>(List.of(program));
        all.addAll(options(seconds));
        for (String header : headers) {
            all.add("-H");
            all.add(header);
        }
        all.add(url);
        return all;
    }

    private static long number(Pattern pattern, String printed) {
        Matcher matcher = pattern.matcher(printed);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    private static double millis(String printed) {
        Matcher matcher = P99.matcher(printed);
        if (!matcher.find()) {
            return 0;
        }
        double value = Double.parseDouble(matcher.group(1));
        return switch (matcher.group(2)) {
            case "us" -> value / 1000;
            case "s" -> value * 1000;
            default -> value;
        };
    }
}
