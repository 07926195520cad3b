package io.sluice.app.wiring;

import io.sluice.app.console.DemoConfig;
import io.sluice.app.console.DemoInstance;
import io.sluice.app.console.GatewayStatus;
import io.sluice.net.http1.HeadLimits;
import io.sluice.net.listen.Listener;
import io.sluice.net.listen.ListenerConfig;
import io.sluice.net.listen.ListenerLimits;
import io.sluice.net.listen.ListenerTimeouts;
import io.sluice.net.listen.ProxyProtocol;
import io.sluice.net.tls.ClientCertificateConfig;
import io.sluice.net.tls.ServerTlsConfig;
import io.sluice.net.tls.TlsVersionConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The demo service: real listeners on free loopback ports, answered by [DemoInstance]s.
final class DemoParts implements AutoCloseable {
    static final String LOOPBACK = "127.0.0.1";
    private static final ServerTlsConfig NO_TLS =
            new ServerTlsConfig(
                    false,
                    null,
                    null,
                    TlsVersionConfig.DEFAULTS,
                    ClientCertificateConfig.NONE,
                    List.of(),
                    Duration.ofSeconds(10));
    private static final int CONNECTIONS = 10_000;

    private final List<Running> running = new ArrayList<>();

    private record Running(DemoInstance instance, Listener listener) {}

    /// Starts as many instances as the configuration says; none when it is off.
    static DemoParts start(DemoConfig config, NetParts net) {
        DemoParts demo = new DemoParts();
        for (int i = 1; config.enabled() && i <= config.instances(); i++) {
            DemoInstance instance = new DemoInstance(config.service() + "-" + i);
            Listener listener = net.listener(plain(LOOPBACK, 0), instance, (_, _, _) -> {}, null);
            listener.bind();
            demo.running.add(new Running(instance, listener));
        }
        return demo;
    }

    /// A listener in the clear with patient clocks, HTTP/1.1 only.
    static ListenerConfig plain(String host, int port) {
        Duration patience = Duration.ofSeconds(60);
        return new ListenerConfig(
                host,
                port,
                new ListenerTimeouts(
                        patience, patience, patience, Duration.ofHours(1), 0, Duration.ZERO),
                new ListenerLimits(
                        HeadLimits.REPLY.maxRequestLine(),
                        HeadLimits.REPLY.maxHeaderBytes(),
                        HeadLimits.REPLY.maxFields(),
                        CONNECTIONS),
                NO_TLS,
                ProxyProtocol.OFF,
                false);
    }

    /// Name and loopback port of each instance.
    record Address(String name, int port) {}

    List<Address> addresses() {
        return running.stream()
                .map(one -> new Address(one.instance.name(), one.listener.address().getPort()))
                .toList();
    }

    /// For the start page.
    List<GatewayStatus.InstanceLine> lines() {
        return running.stream()
                .map(one ->
                        new GatewayStatus.InstanceLine(one.instance.name(), one.instance.hits()))
                .toList();
    }

    @Override
    public void close() {
        running.reversed().forEach(one -> one.listener.close());
    }
}
