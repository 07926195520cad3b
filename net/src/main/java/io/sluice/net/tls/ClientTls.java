package io.sluice.net.tls;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.sluice.core.time.Ticker;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Makes the TLS context for connections to services: their certificate is checked against the authorities and the
/// name, unless `insecureSkipVerify`. Blocks on files.
///
/// Contexts of this side belong to the garbage collector: they are few, and a pool may dial with one at any time.
public final class ClientTls {

    private ClientTls() {}

    /// @param offer what ALPN offers
    /// @param findings receives errors and warnings
    /// @return null when an error was found
    public static @Nullable ClientContext context(
            ClientTlsConfig config, AlpnOffer offer, Ticker ticker, TlsFindings findings) {
        config.check(findings::error);
        config.versions().check(findings::error);
        if (findings.broken()) {
            return null;
        }
        SslContextBuilder builder =
                SslContextBuilder.forClient()
                        .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                        .protocols(config.versions().protocols())
                        .ciphers(config.versions().suites(), SupportedCipherSuiteFilter.INSTANCE)
                        .applicationProtocolConfig(alpn(offer));
        trust(config, builder, findings);
        identify(config, builder, ticker, findings);
        if (findings.broken()) {
            return null;
        }
        try {
            return new ClientContext(builder.build(), Duration.ZERO);
        } catch (SSLException | IllegalArgumentException refused) {
            findings.error("clientCertFile", "the TLS engine refuses these certificates");
            return null;
        }
    }

    private static void trust(
            ClientTlsConfig config, SslContextBuilder builder, TlsFindings findings) {
        String file = config.rootCAFile();
        if (config.insecureSkipVerify()) {
            findings.warning("insecureSkipVerify", "service certificates are not verified at all");
            builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
            builder.endpointIdentificationAlgorithm("");
        } else {
            if (file != null) {
                builder.trustManager(Authorities.read("rootCAFile", file, findings));
            }
            builder.endpointIdentificationAlgorithm("HTTPS");
        }
    }

    private static void identify(
            ClientTlsConfig config,
            SslContextBuilder builder,
            Ticker ticker,
            TlsFindings findings) {
        String certFile = config.clientCertFile();
        String keyFile = config.clientKeyFile();
        if (certFile != null && keyFile != null) {
            KeyMaterial material =
                    KeyMaterial.load(
                            "clientCertFile", certFile, "clientKeyFile", keyFile, ticker, findings);
            if (material != null) {
                builder.keyManager(material.key(), material.chainArray());
            }
        }
    }

    private static ApplicationProtocolConfig alpn(AlpnOffer offer) {
        return new ApplicationProtocolConfig(
                Protocol.ALPN,
                SelectorFailureBehavior.NO_ADVERTISE,
                SelectedListenerFailureBehavior.ACCEPT,
                offer.names());
    }
}
