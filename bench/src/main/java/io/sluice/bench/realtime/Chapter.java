package io.sluice.bench.realtime;

/// A part of `docs/benchmarks.md`: what its cases have in common.
public enum Chapter {
    MESSAGES(
            "## Messages",
            """
            **Method.** Each server is pinned to one core with one worker or loop; the clients, one for each server, share
            the other. A client polls without a pause, reads every frame, spreads its connections over loopback addresses
            and counts that every member got every message once. All servers of a case run at the same time and are
            measured in turn, round by round (broadcasts for twice as many rounds as above, since one differs from the
            next by up to 15 %), after a warm-up with the same load: a minute for the JVM, whose compilers
            need as long when there are only 300 broadcasts a second, less for the others. CPU is user and system time of
            the server's processes, from `/proc`; ratios are taken within a round and given as median (lowest–highest). A message is
            200 bytes of text in whatever frame the server's protocol puts around it; the plain C loop knows one
            `write` for every member and message, and nothing else.

            """),
    OVERLOAD(
            "## Overload",
            """
            **Method.** Each gateway is pinned to one core with one worker or loop; client and service share the other. The
            client is an open loop: requests are due at even distances whether or not earlier ones were answered, each takes
            a kept connection or opens a new one (20 requests at most on one), and after 1 s, counted from when it was due,
            the client resets the connection. Goodput counts right and whole answers within that second. Its best is found
            by raising the load by a quarter until two steps in a row bring no more; then three times the best is offered
            for 30 s, then half of it. Normal again is the first half second from which on at least 95 % are answered and
            p99 is at most twice, or 20 ms above, what it was at half of the best before. In the main case the service is
            what runs short: it can do a tenth of what the gateway can, as services do, and each gateway is told how many
            requests it takes at once (50).

            """);

    private final String heading;
    private final String method;

    Chapter(String heading, String method) {
        this.heading = heading;
        this.method = method;
    }

    String heading() {
        return heading;
    }

    /// Heading and method.
    String beginning() {
        return heading + "\n\n" + method;
    }
}
