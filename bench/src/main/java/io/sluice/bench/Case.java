package io.sluice.bench;

import java.util.List;

/// One row of the table: a load, an answer size, and what is compared.
///
/// @param id word on the command line
/// @param title as in the report
/// @param bodyBytes size of the origin's answer
/// @param scheme `http` or `https`
/// @param goal ratio to nginx that should not be passed
/// @param peers names of the peers that take part
record Case(
        String id,
        String title,
        Load load,
        int bodyBytes,
        String scheme,
        double goal,
        List<String> peers) {

    static final List<Case> ALL =
            List.of(
                    new Case(
                            "plain",
                            "HTTP/1.1, 1 KiB answers, no filters",
                            Load.KEEP_ALIVE,
                            1024,
                            "http",
                            1.0,
                            List.of(
                                    "nginx",
                                    "haproxy",
                                    "sluice",
                                    "sluice, io_uring",
                                    "spring cloud gateway")),
                    new Case(
                            "filters",
                            "the same with JWT, rate limit, CORS, access log and metrics",
                            Load.KEEP_ALIVE,
                            1024,
                            "http",
                            1.3,
                            List.of("nginx", "sluice, all filters")),
                    new Case(
                            "10k",
                            "HTTP/1.1, 10 KiB answers",
                            Load.KEEP_ALIVE,
                            10 * 1024,
                            "http",
                            1.05,
                            List.of("nginx", "haproxy", "sluice")),
                    new Case(
                            "100k",
                            "HTTP/1.1, 100 KiB answers",
                            Load.KEEP_ALIVE,
                            100 * 1024,
                            "http",
                            1.05,
                            List.of("nginx", "haproxy", "sluice")),
                    new Case(
                            "tls",
                            "TLS 1.3, keep-alive, 1 KiB answers",
                            Load.KEEP_ALIVE,
                            1024,
                            "https",
                            1.0,
                            List.of("nginx", "haproxy", "sluice")),
                    new Case(
                            "handshakes",
                            "TLS 1.3, one handshake per request",
                            Load.HANDSHAKES,
                            1024,
                            "https",
                            0.9,
                            List.of("nginx", "haproxy", "sluice")),
                    new Case(
                            "h2",
                            "HTTP/2 front, 32 connections of 16 streams, 1 KiB answers",
                            Load.STREAMS,
                            1024,
                            "https",
                            1.15,
                            List.of("nginx", "haproxy", "sluice")));

    String path() {
        return "/bench/" + bodyBytes;
    }
}
