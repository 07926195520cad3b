package io.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.testkit.OriginServer.ClientCertificate;
import java.io.UncheckedIOException;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

final class OriginServerTlsTest {
    private final TestCertificates authority = TestCertificates.authority("Test CA");
    private final SSLContext server = authority.context(authority.server("localhost"));

    @Test
    void servesOverTlsToWhoTrustsItsAuthority() {
        try (OriginServer origin = OriginServer.startTls("s", server, ClientCertificate.NONE);
                RawClient client = connect(origin, authority.context(null))) {
            assertThat(client.request("GET / HTTP/1.1").response().text())
                    .contains("\"clientCertificate\":null");
        }
    }

    @Test
    void isRefusedByWhoTrustsAnotherAuthority() {
        SSLContext other = TestCertificates.authority("Other CA").context(null);
        try (OriginServer origin = OriginServer.startTls("s", server, ClientCertificate.NONE)) {
            assertThatThrownBy(() -> connect(origin, other).close())
                    .isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    void seesTheClientCertificateItAskedFor() {
        SSLContext mine = authority.context(authority.client("alice"));
        try (OriginServer origin = OriginServer.startTls("s", server, ClientCertificate.NEEDED);
                RawClient client = connect(origin, mine)) {
            assertThat(client.request("GET / HTTP/1.1").response().text())
                    .contains("\"clientCertificate\":\"CN=alice\"");
        }
    }

    @Test
    void refusesAClientWithoutTheNeededCertificate() {
        SSLContext none = authority.context(null);
        try (OriginServer origin = OriginServer.startTls("s", server, ClientCertificate.NEEDED)) {
            assertThatThrownBy(
                            () -> {
                                try (RawClient client = connect(origin, none)) {
                                    client.request("GET / HTTP/1.1").response();
                                }
                            })
                    .isInstanceOf(UncheckedIOException.class);
        }
    }

    private static RawClient connect(OriginServer origin, SSLContext context) {
        return RawClient.connectTls(origin.port(), context, "localhost", List.of());
    }
}
