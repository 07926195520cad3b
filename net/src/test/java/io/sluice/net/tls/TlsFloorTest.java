package io.sluice.net.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Row R15: what is not spoken any more, whatever a client asks for.
class TlsFloorTest {
    @TempDir Path folder;

    @SuppressWarnings("NullAway.Init") // Set before each test; the folder exists only then.
    private TestPki pki;

    @BeforeEach
    void issueCertificate() throws Exception {
        pki = new TestPki(folder);
        pki.issue("default", TestPki.template(), "localhost");
    }

    private TlsEcho echo() {
        return TlsEcho.with(ServerTlsConfig.of(pki.file("default.pem"), pki.file("default.key")));
    }

    @Test
    void versionsBefore12AreRefused() throws Exception {
        try (TlsEcho echo = echo()) {
            for (int version : new int[] {0x0300, 0x0301, 0x0302}) {
                RawHello.Answer answer = RawHello.answer(echo.address(), version, (byte) 0);
                assertThat(answer.type()).as("%x", version).isEqualTo(RawHello.ALERT);
                assertThat(answer.payload()).as("fatal").startsWith(2);
            }
        }
    }

    @Test
    void nothingIsCompressedWhateverTheClientPrefers() throws Exception {
        try (TlsEcho echo = echo()) {
            RawHello.Answer answer = RawHello.answer(echo.address(), 0x0303, (byte) 1, (byte) 0);
            assertThat(answer.type()).isEqualTo(RawHello.HANDSHAKE);
            byte[] hello = answer.payload();
            int session = hello[4 + 2 + 32];
            assertThat(hello[4 + 2 + 32 + 1 + session + 2]).as("compression method").isZero();
        }
    }

    @Test
    void aClientCannotNegotiateAgain() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {pki.authority.toTrustManager()}, null);
        try (TlsEcho echo = echo();
                SSLSocket socket =
                        (SSLSocket)
                                context.getSocketFactory()
                                        .createSocket("127.0.0.1", echo.address().getPort())) {
            socket.setSoTimeout(30_000);
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            echoes(socket);
            assertThatThrownBy(
                            () -> {
                                socket.startHandshake();
                                echoes(socket);
                            })
                    .isInstanceOf(IOException.class);
        }
    }

    private static void echoes(SSLSocket socket) throws IOException {
        socket.getOutputStream().write("ping".getBytes(StandardCharsets.US_ASCII));
        assertThat(socket.getInputStream().readNBytes(4)).asString().isEqualTo("ping");
    }
}
