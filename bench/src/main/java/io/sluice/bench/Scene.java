package io.sluice.bench;

import java.nio.file.Path;
import java.util.List;

/// What runs short when too much is asked.
enum Scene {
    /// The usual one: behind the gateway is a service that can do less than the gateway, which is told how many requests
    /// it takes at once. Gateways that cannot be told so do not take part.
    SERVICE(
            "overload",
            "3 times what the service can do: %d requests at once, %d ms each"
                    .formatted(Crew.WORKERS, Crew.MILLIS),
            2500),
    /// The gateway itself: every request brings another user's token to check (ES256), many times the work of passing
    /// it on, so that client and service have their core almost to themselves.
    GATEWAY(
            "overload-tokens",
            "3 times what the gateway can do: an ES256 token of another user in each request",
            200);

    private final String id;
    private final String title;
    private final double startRate;

    Scene(String id, String title, double startRate) {
        this.id = id;
        this.title = title;
        this.startRate = startRate;
    }

    /// Word on the command line.
    String id() {
        return id;
    }

    /// As in the report.
    String title() {
        return title;
    }

    /// Requests a second that every gateway can do here.
    double startRate() {
        return startRate;
    }

    /// Who takes part.
    List<Peer> peers(Path root) {
        List<String> run = List.of(root.resolve("sluice").toString(), "run", "--config", "CONFIG");
        return switch (this) {
            case SERVICE ->
                    List.of(
                            new Peer(Peer.SLUICE, "sluice-overload.yaml", run, Peer.WARM_JIT),
                            new Peer(
                                    "haproxy",
                                    "haproxy-overload.cfg",
                                    List.of("haproxy", "-f", "CONFIG"),
                                    Peer.WARM),
                            new Peer(
                                    Peer.NGINX,
                                    "nginx-overload.conf",
                                    List.of(
                                            "nginx",
                                            "-e",
                                            "/dev/null",
                                            "-c",
                                            "CONFIG",
                                            "-g",
                                            "daemon off;"),
                                    Peer.WARM));
            case GATEWAY ->
                    List.of(new Peer(Peer.SLUICE, "sluice-tokens.yaml", run, Peer.WARM_JIT));
        };
    }
}
