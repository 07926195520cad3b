package io.sluice.net.tls;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.pkitesting.X509Bundle;
import io.sluice.net.tls.Negotiated.Speaks;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerTlsTest {
    @TempDir Path folder;

    @SuppressWarnings("NullAway.Init") // Set before each test; the folder exists only then.
    private TestPki pki;

    @BeforeEach
    void issueDefaultCertificate() throws Exception {
        pki = new TestPki(folder);
        pki.issue("default", TestPki.template(), "localhost");
    }

    private ServerTlsConfig config() {
        return ServerTlsConfig.of(pki.file("default.pem"), pki.file("default.key"));
    }

    private ServerTlsConfig withClients(ClientAuth auth) {
        ServerTlsConfig plain = config();
        return new ServerTlsConfig(
                true,
                plain.certFile(),
                plain.keyFile(),
                plain.versions(),
                new ClientCertificateConfig(auth, pki.caFile(), List.of()),
                List.of(),
                plain.handshakeTimeout());
    }

    private static ServerTls load(ServerTlsConfig config) {
        TlsFindings findings = new TlsFindings();
        ServerTls tls = TlsEcho.load(config, findings);
        assertThat(findings.all()).isEmpty();
        return requireNonNull(tls);
    }

    private SSLSocket connect(TlsEcho echo, @Nullable X509Bundle own, String name, String... alpn)
            throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManager[] keys = own == null ? null : own.toKeyManagerFactory().getKeyManagers();
        context.init(keys, new TrustManager[] {pki.authority.toTrustManager()}, null);
        SSLSocket socket =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket(
                                        echo.address().getAddress(), echo.address().getPort());
        socket.setSoTimeout(30_000);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(name)));
        parameters.setApplicationProtocols(alpn);
        socket.setSSLParameters(parameters);
        return socket;
    }

    private static void echoes(SSLSocket socket) throws IOException {
        socket.getOutputStream().write("ping".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertThat(socket.getInputStream().readNBytes(4)).asString().isEqualTo("ping");
    }

    private static String subject(SSLSocket socket) throws IOException {
        return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                .getSubjectX500Principal()
                .getName();
    }

    @Test
    void alpnChoosesHttp2AndTellsServerName() throws Exception {
        try (TlsEcho echo = new TlsEcho(load(config()));
                SSLSocket socket = connect(echo, null, "localhost", "h2", "http/1.1")) {
            echoes(socket);
            assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
            assertThat(socket.getApplicationProtocol()).isEqualTo("h2");
            Negotiated negotiated = echo.handshake();
            assertThat(negotiated.speaks()).isEqualTo(Speaks.HTTP_2);
            assertThat(negotiated.serverName()).isEqualTo("localhost");
            assertThat(negotiated.certificate()).isNull();
        }
    }

    @Test
    void clientWithoutAlpnSpeaksHttp1() throws Exception {
        try (TlsEcho echo = new TlsEcho(load(config()));
                SSLSocket socket = connect(echo, null, "localhost")) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            echoes(socket);
            assertThat(socket.getSession().getCipherSuite()).contains("ECDHE").contains("GCM");
            assertThat(echo.handshake().speaks()).isEqualTo(Speaks.HTTP_1);
        }
    }

    @Test
    void cbcSuitesAreNotSpoken() throws Exception {
        try (TlsEcho echo = new TlsEcho(load(config()));
                SSLSocket socket = connect(echo, null, "localhost")) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.setEnabledCipherSuites(
                    new String[] {
                        "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA", "TLS_RSA_WITH_AES_128_CBC_SHA"
                    });
            assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
        }
    }

    @Test
    void certificateIsChosenByExactNameThenWildcardThenDefault() throws Exception {
        pki.issue("exact", TestPki.template(), "a.example");
        pki.issue("wild", TestPki.template());
        ServerTlsConfig plain = config();
        ServerTlsConfig many =
                new ServerTlsConfig(
                        true,
                        plain.certFile(),
                        plain.keyFile(),
                        plain.versions(),
                        plain.clients(),
                        List.of(
                                new SniCertificateConfig(
                                        List.of("*.example"),
                                        pki.file("wild.pem"),
                                        pki.file("wild.key")),
                                new SniCertificateConfig(
                                        List.of(), pki.file("exact.pem"), pki.file("exact.key"))),
                        plain.handshakeTimeout());
        try (TlsEcho echo = new TlsEcho(load(many))) {
            assertThat(subjectFor(echo, "A.example")).isEqualTo("CN=exact");
            assertThat(subjectFor(echo, "b.example")).isEqualTo("CN=wild");
            assertThat(subjectFor(echo, "x.y.example")).isEqualTo("CN=default");
            assertThat(subjectFor(echo, "other.test")).isEqualTo("CN=default");
        }
    }

    private String subjectFor(TlsEcho echo, String name) throws Exception {
        try (SSLSocket socket = connect(echo, null, name)) {
            echoes(socket);
            return subject(socket);
        }
    }

    @Test
    void requiredClientCertificateIsVerifiedAndHandedOn() throws Exception {
        X509Bundle client = pki.issue("client", TestPki.template());
        try (TlsEcho echo = new TlsEcho(load(withClients(ClientAuth.REQUIRE)));
                SSLSocket socket = connect(echo, client, "localhost")) {
            echoes(socket);
            X509Certificate seen = requireNonNull(echo.handshake().certificate());
            assertThat(seen.getSubjectX500Principal().getName()).isEqualTo("CN=client");
        }
    }

    @Test
    void missingClientCertificateFailsTheHandshakeOnlyWhenRequired() throws Exception {
        try (TlsEcho echo = new TlsEcho(load(withClients(ClientAuth.REQUIRE)));
                SSLSocket socket = connect(echo, null, "localhost")) {
            assertThatThrownBy(() -> echoes(socket)).isInstanceOf(IOException.class);
            assertThat(echo.handshakes).isEmpty();
        }
        try (TlsEcho echo = new TlsEcho(load(withClients(ClientAuth.REQUEST)));
                SSLSocket socket = connect(echo, null, "localhost")) {
            echoes(socket);
            assertThat(echo.handshake().certificate()).isNull();
        }
    }

    @Test
    void expiredOrForeignClientCertificateFailsTheHandshake() throws Exception {
        Instant past = Instant.now().minus(Duration.ofDays(1));
        X509Bundle expired = pki.issue("expired", TestPki.template().notAfter(past));
        X509Bundle foreign =
                TestPki.template()
                        .subject("CN=foreign")
                        .buildIssuedBy(
                                TestPki.template()
                                        .subject("CN=other authority")
                                        .setIsCertificateAuthority(true)
                                        .buildSelfSigned());
        try (TlsEcho echo = new TlsEcho(load(withClients(ClientAuth.REQUIRE)))) {
            for (X509Bundle bad : List.of(expired, foreign)) {
                try (SSLSocket socket = connect(echo, bad, "localhost")) {
                    assertThatThrownBy(() -> echoes(socket)).isInstanceOf(IOException.class);
                }
            }
            assertThat(echo.handshakes).isEmpty();
        }
    }

    @Test
    void changedFilesServeNewConnectionsAndBrokenOnesDoNot() throws Exception {
        ServerTls tls = load(config());
        try (TlsEcho echo = new TlsEcho(tls);
                SSLSocket early = connect(echo, null, "localhost")) {
            echoes(early);
            assertThat(tls.reloadIfChanged()).isFalse();
            X509Bundle next = TestPki.template().subject("CN=next").buildIssuedBy(pki.authority);
            pki.write("default.key", next.getPrivateKeyPEM());
            assertThat(tls.reloadIfChanged()).isFalse();
            assertThat(subjectFor(echo, "localhost")).isEqualTo("CN=default");
            pki.write("default.pem", next.getCertificatePathPEM());
            assertThat(tls.reloadIfChanged()).isTrue();
            assertThat(subjectFor(echo, "localhost")).isEqualTo("CN=next");
            assertThat(tls.reloadIfChanged()).isFalse();
            echoes(early);
        }
    }

    @Test
    void sessionIsResumedByTicket() throws Exception {
        try (TlsEcho echo = new TlsEcho(load(config()))) {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {pki.authority.toTrustManager()}, null);
            long first = sessionCreated(context, echo);
            assertThat(sessionCreated(context, echo)).isEqualTo(first);
        }
    }

    private static long sessionCreated(SSLContext context, TlsEcho echo) throws IOException {
        try (SSLSocket socket =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket("localhost", echo.address().getPort())) {
            echoes(socket);
            return socket.getSession().getCreationTime();
        } catch (SSLException refused) {
            throw new AssertionError(refused);
        }
    }
}
