package io.sluice.it.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.net.loop.Transport;
import io.sluice.testkit.OriginHandlers;
import io.sluice.testkit.OriginServer;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawHttp2;
import io.sluice.testkit.TestCertificates;
import io.sluice.testkit.TestCertificates.PemFiles;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The same short round over every transport; one that this machine does not have is skipped.
class TransportIT {
    private static final int LARGE = 4 << 20;

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    @TempDir Path folder;

    private final OriginServer origin = OriginServer.start("one");

    @AfterEach
    void close() {
        origin.close();
    }

    @ParameterizedTest
    @EnumSource
    void requestsUploadsAndDownloadsPass(Transport transport) throws Exception {
        RunningGateway gateway = start(transport);
        origin.on("/large", OriginHandlers.sized(LARGE));

        for (int i = 0; i < 20; i++) {
            assertThat(gateway.get("/x").statusCode()).isEqualTo(200);
        }
        HttpRequest put =
                HttpRequest.newBuilder(gateway.uri("/x"))
                        .PUT(BodyPublishers.ofByteArray(new byte[LARGE]))
                        .build();
        assertThat(gateway.send(put).body()).contains("\"bodySize\":" + LARGE);
        assertThat(gateway.get("/large").body()).hasSize(LARGE);
        try (RawHttp2 client = new RawHttp2(gateway.port())) {
            client.settings().headers(1, RawHttp2.get("/x")).send();
            assertThat(client.decode(client.await(RawHttp2.HEADERS)))
                    .containsEntry(":status", "200");
        }
        assertThat(gateway.get("/metrics").body()).contains("transport=\"" + name(transport) + '"');
    }

    @ParameterizedTest
    @EnumSource
    void tlsPassesAndADrainEndsInTime(Transport transport) throws Exception {
        TestCertificates authority = TestCertificates.authority("authority");
        PemFiles own = authority.server("gateway.test").writeTo(folder, "gateway");
        RunningGateway gateway =
                start(
                        transport,
                        "frontend.http.tls.enabled=true",
                        "frontend.http.tls.certFile=" + own.certificate(),
                        "frontend.http.tls.keyFile=" + own.key());

        try (RawClient client =
                RawClient.connectTls(
                        gateway.port(), authority.context(null), "gateway.test", List.of())) {
            assertThat(client.request("GET /x HTTP/1.1").response().status()).isEqualTo(200);
            CompletableFuture.runAsync(gateway.gateway()::drain).get(30, TimeUnit.SECONDS);
        }
    }

    private static String name(Transport transport) {
        return transport.name().toLowerCase(java.util.Locale.ROOT);
    }

    private RunningGateway start(Transport transport, String... settings) {
        assumeTrue(transport.available(), transport + " is not there");
        String[] all = java.util.Arrays.copyOf(settings, settings.length + 2);
        all[settings.length] = "transport=" + name(transport);
        all[settings.length + 1] = "metrics.enabled=true";
        return gateways.start(GatewayText.of(origin).text(), all);
    }
}
