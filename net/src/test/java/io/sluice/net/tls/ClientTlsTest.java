package io.sluice.net.tls;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.sluice.core.time.Ticker;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientTlsTest {
    @TempDir Path folder;
    private final MultiThreadIoEventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

    @AfterEach
    void stopLoops() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private static ClientTlsConfig config(
            boolean skip, @Nullable String root, @Nullable String cert, @Nullable String key) {
        return new ClientTlsConfig(true, skip, null, root, cert, key, TlsVersionConfig.DEFAULTS);
    }

    private static ClientContext context(ClientTlsConfig config) {
        return requireNonNull(
                ClientTls.context(config, AlpnOffer.EITHER, Ticker.system(), new TlsFindings()));
    }

    /// Connects as a dialer would and gives what ALPN chose.
    private String dial(TlsEcho echo, ClientContext context, String name) throws Exception {
        Channel channel =
                new Bootstrap()
                        .group(loops)
                        .channel(NioSocketChannel.class)
                        .handler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel fresh) {
                                        fresh.pipeline()
                                                .addLast(
                                                        context.handler(
                                                                fresh.alloc(),
                                                                name,
                                                                echo.address().getPort()));
                                    }
                                })
                        .connect(echo.address())
                        .sync()
                        .channel();
        try {
            SslHandler tls = channel.pipeline().get(SslHandler.class);
            tls.handshakeFuture().sync();
            return requireNonNull(tls.applicationProtocol());
        } finally {
            channel.close().sync();
        }
    }

    private TlsEcho listener(TestPki pki, ClientAuth auth) throws Exception {
        pki.issue("service", TestPki.template(), "service.example");
        ServerTlsConfig plain =
                ServerTlsConfig.of(pki.file("service.pem"), pki.file("service.key"));
        ServerTlsConfig config =
                new ServerTlsConfig(
                        true,
                        plain.certFile(),
                        plain.keyFile(),
                        plain.versions(),
                        new ClientCertificateConfig(auth, pki.caFile(), List.of()),
                        List.of(),
                        plain.handshakeTimeout());
        return TlsEcho.with(config);
    }

    @Test
    void authorityAndNameAreChecked() throws Exception {
        TestPki pki = new TestPki(folder);
        try (TlsEcho echo = listener(pki, ClientAuth.NONE)) {
            ClientContext trusting = context(config(false, pki.caFile(), null, null));
            assertThat(dial(echo, trusting, "service.example")).isEqualTo("h2");
            assertThatThrownBy(() -> dial(echo, trusting, "other.example"))
                    .hasRootCauseInstanceOf(java.security.cert.CertificateException.class);
            ClientContext platform = context(config(false, null, null, null));
            assertThatThrownBy(() -> dial(echo, platform, "service.example"))
                    .isInstanceOf(javax.net.ssl.SSLException.class);
            ClientContext careless = context(config(true, null, null, null));
            assertThat(dial(echo, careless, "other.example")).isEqualTo("h2");
        }
    }

    @Test
    void ownCertificateIsShown() throws Exception {
        TestPki pki = new TestPki(folder);
        pki.issue("gateway", TestPki.template());
        try (TlsEcho echo = listener(pki, ClientAuth.REQUIRE)) {
            ClientContext known =
                    context(
                            config(
                                    false,
                                    pki.caFile(),
                                    pki.file("gateway.pem"),
                                    pki.file("gateway.key")));
            dial(echo, known, "service.example");
            assertThat(requireNonNull(echo.handshake().certificate()).getSubjectX500Principal())
                    .hasToString("CN=gateway");
        }
    }

    @Test
    void missingFilesAreFindings() {
        TlsFindings findings = new TlsFindings();
        ClientTlsConfig config = config(true, null, "none.pem", "none.key");
        assertThat(ClientTls.context(config, AlpnOffer.HTTP_1, Ticker.system(), findings)).isNull();
        assertThat(findings.all())
                .extracting(TlsFinding::key)
                .containsExactly("insecureSkipVerify", "clientCertFile", "clientKeyFile");
    }
}
