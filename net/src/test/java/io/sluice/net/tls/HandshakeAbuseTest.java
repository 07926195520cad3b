package io.sluice.net.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandshakeAbuseTest {
    @TempDir Path folder;

    private TlsEcho echo(Duration handshakeTimeout) throws Exception {
        TestPki pki = new TestPki(folder);
        pki.issue("default", TestPki.template(), "localhost");
        ServerTlsConfig plain =
                ServerTlsConfig.of(pki.file("default.pem"), pki.file("default.key"));
        ServerTlsConfig config =
                new ServerTlsConfig(
                        true,
                        plain.certFile(),
                        plain.keyFile(),
                        plain.versions(),
                        plain.clients(),
                        List.of(),
                        handshakeTimeout);
        return TlsEcho.with(config);
    }

    @Test
    void announcedClientHelloOf16MebibytesIsCutAtOnce() throws Exception {
        try (TlsEcho echo = echo(Duration.ofSeconds(10));
                Socket socket = new Socket(echo.address().getAddress(), echo.address().getPort())) {
            socket.setSoTimeout(30_000);
            // Handshake record, 64 bytes long, whose ClientHello claims 0xfffffb bytes.
            byte[] record = new byte[5 + 64];
            record[0] = 22;
            record[1] = 3;
            record[2] = 1;
            record[4] = 64;
            record[5] = 1;
            record[6] = (byte) 0xff;
            record[7] = (byte) 0xff;
            record[8] = (byte) 0xfb;
            socket.getOutputStream().write(record);
            assertThat(endOf(socket.getInputStream())).isTrue();
        }
    }

    @Test
    void stalledHandshakeIsClosedWithinItsTime() throws Exception {
        try (TlsEcho echo = echo(Duration.ofMillis(300));
                Socket socket = new Socket(echo.address().getAddress(), echo.address().getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(new byte[] {22, 3, 1});
            assertThat(endOf(socket.getInputStream())).isTrue();
        }
    }

    private static boolean endOf(InputStream in) {
        try {
            in.readAllBytes();
            return true;
        } catch (SocketTimeoutException stillOpen) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }
}
