package io.sluice.bench;

import io.sluice.bench.process.Token;
import io.sluice.bench.realtime.Chapter;
import io.sluice.bench.realtime.Messages;
import io.sluice.bench.realtime.Page;
import io.sluice.bench.realtime.Section;
import io.sluice.testkit.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// `make bench`: measures the cases named as arguments, or all, and writes each part of the report when it was measured.
public final class Bench {
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final int SECONDS = Integer.getInteger("bench.seconds", 5);

    private Bench() {}

    /// Arguments: the checkout's folder, then ids of cases.
    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]).toAbsolutePath();
        List<String> wanted = Arrays.asList(arguments).subList(1, arguments.length);
        Path folder = Files.createTempDirectory("sluice-bench");
        Map<Case, List<Figure>> results = new LinkedHashMap<>();
        List<Footprint.Row> footprint = List.of();
        try (Origin origin = new Origin()) {
            Runs runs =
                    new Runs(ROUNDS, SECONDS, List.of("Authorization: Bearer " + Token.hs256()));
            for (Case row : Case.ALL) {
                if (wanted.isEmpty() || wanted.contains(row.id())) {
                    measure(root, folder, origin, runs, row, results);
                }
            }
            if (wanted.isEmpty() || wanted.contains("footprint")) {
                footprint = Footprint.measure(root, folder, origin);
            }
        }
        Report report = new Report(results, footprint, ROUNDS, SECONDS);
        if (!results.isEmpty() || !footprint.isEmpty()) {
            System.out.println(report.table());
        }
        Path docs = root.resolve("docs");
        boolean write = wanted.isEmpty() || Boolean.getBoolean("bench.write");
        if (write && results.size() == Case.ALL.size() && !footprint.isEmpty()) {
            report.write(docs);
        }
        Predicate<String> asked = id -> wanted.isEmpty() || wanted.contains(id);
        List<Section> messages = Messages.measure(root, folder, asked, ROUNDS, SECONDS);
        if (write) {
            Page.put(docs, Chapter.MESSAGES, messages);
        }
        List<Section> overload = new Overload(root, folder).measure(asked);
        if (write) {
            Page.put(docs, Chapter.OVERLOAD, overload);
        }
    }

    private static void measure(
            Path root,
            Path folder,
            Origin origin,
            Runs runs,
            Case row,
            Map<Case, List<Figure>> results)
            throws IOException {
        System.out.printf("%s: %s%n", row.id(), row.title());
        if (!row.load().installed()) {
            System.out.printf(
                    "  skipped: %s is not installed (Debian: wrk, apache2-utils, nghttp2-client)%n",
                    row.load().program());
            return;
        }
        List<Running> running = new ArrayList<>();
        try {
            for (Peer peer : Peer.all(root)) {
                if (row.peers().contains(peer.name())) {
                    if (peer.installed()) {
                        running.add(
                                Running.start(
                                        peer,
                                        folder,
                                        Runs.gatewayCore(),
                                        values(folder, origin, row)));
                    } else {
                        System.out.printf("  without %s: not installed%n", peer.name());
                    }
                }
            }
            results.put(row, runs.measure(row, running));
        } finally {
            running.forEach(Running::close);
        }
    }

    /// What the configuration templates may name.
    static Map<String, String> values(Path folder, Origin origin, Case row) throws IOException {
        boolean tls = row.scheme().equals("https");
        Path both = folder.resolve("server-both.pem");
        TestCertificates.PemFiles files =
                TestCertificates.authority("bench")
                        .server("127.0.0.1", "localhost")
                        .writeTo(folder, "server");
        Path certificate = files.certificate();
        Path key = files.key();
        Files.writeString(both, Files.readString(certificate) + Files.readString(key));
        Map<String, String> values = new LinkedHashMap<>();
        values.put("folder", folder.toString());
        values.put("origin", Integer.toString(origin.port()));
        values.put("jwt_secret", Token.SECRET);
        values.put("nginx_listen", tls ? " ssl http2" : "");
        values.put(
                "nginx_tls",
                tls
                        ? "ssl_certificate "
                                + certificate
                                + "; ssl_certificate_key "
                                + key
                                + "; ssl_protocols TLSv1.2 TLSv1.3;"
                        : "");
        values.put("haproxy_bind", tls ? " ssl crt " + both + " alpn h2,http/1.1" : "");
        values.put(
                "sluice_tls",
                tls
                        ? "tls: { enabled: true, certFile: "
                                + certificate
                                + ", keyFile: "
                                + key
                                + " }"
                        : "");
        return values;
    }
}
