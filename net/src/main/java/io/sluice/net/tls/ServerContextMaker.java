package io.sluice.net.tls;

import static java.util.concurrent.TimeUnit.HOURS;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.OpenSslSessionTicketKey;
import io.netty.handler.ssl.ReferenceCountedOpenSslServerContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Makes the context of one certificate of a listener.
final class ServerContextMaker {
    private static final int CACHED_SESSIONS = 20_000;

    private final ServerTlsConfig config;
    private final AlpnOffer offer;
    private final List<X509Certificate> authorities;
    private final TlsFindings findings;

    ServerContextMaker(
            ServerTlsConfig config,
            AlpnOffer offer,
            List<X509Certificate> authorities,
            TlsFindings findings) {
        this.config = config;
        this.offer = offer;
        this.authorities = authorities;
        this.findings = findings;
    }

    @Nullable SslContext make(KeyMaterial material) {
        SslContextBuilder builder =
                SslContextBuilder.forServer(material.key(), material.chainArray())
                        .sslProvider(TlsEngine.provider())
                        .protocols(config.versions().protocols())
                        .ciphers(config.versions().suites(), SupportedCipherSuiteFilter.INSTANCE)
                        .applicationProtocolConfig(alpn(offer))
                        .sessionCacheSize(CACHED_SESSIONS)
                        .sessionTimeout(HOURS.toSeconds(1))
                        .clientAuth(engineClientAuth());
        if (config.clients().clientAuth().asks()) {
            builder.trustManager(authorities);
        }
        try {
            SslContext context = builder.build();
            resumeByTicket(context);
            return context;
        } catch (SSLException | IllegalArgumentException refused) {
            findings.error("certFile", "the TLS engine refuses this certificate and key");
            return null;
        }
    }

    private io.netty.handler.ssl.ClientAuth engineClientAuth() {
        return switch (config.clients().clientAuth()) {
            case NONE -> io.netty.handler.ssl.ClientAuth.NONE;
            case REQUEST -> io.netty.handler.ssl.ClientAuth.OPTIONAL;
            case REQUIRE, VERIFY -> io.netty.handler.ssl.ClientAuth.REQUIRE;
        };
    }

    /// Gives the native engine ticket keys, without which it issues none. Not with client certificates: a resumed
    /// session would outlive the certificate it was opened with. The JDK's engine issues tickets by itself.
    private void resumeByTicket(SslContext context) {
        if (config.clients().clientAuth().asks()) {
            return;
        }
        if (context instanceof ReferenceCountedOpenSslServerContext openSsl) {
            openSsl.sessionContext().setTicketKeys(newTicketKey());
        }
    }

    private static OpenSslSessionTicketKey newTicketKey() {
        SecureRandom random = new SecureRandom();
        byte[] bytes =
                new byte
                        [OpenSslSessionTicketKey.NAME_SIZE
                                + OpenSslSessionTicketKey.HMAC_KEY_SIZE
                                + OpenSslSessionTicketKey.AES_KEY_SIZE];
        random.nextBytes(bytes);
        int hmac = OpenSslSessionTicketKey.NAME_SIZE;
        int aes = hmac + OpenSslSessionTicketKey.HMAC_KEY_SIZE;
        return new OpenSslSessionTicketKey(
                Arrays.copyOf(bytes, hmac),
                Arrays.copyOfRange(bytes, hmac, aes),
                Arrays.copyOfRange(bytes, aes, bytes.length));
    }

    private static ApplicationProtocolConfig alpn(AlpnOffer offer) {
        return new ApplicationProtocolConfig(
                Protocol.ALPN,
                SelectorFailureBehavior.NO_ADVERTISE,
                SelectedListenerFailureBehavior.ACCEPT,
                offer.names());
    }
}
