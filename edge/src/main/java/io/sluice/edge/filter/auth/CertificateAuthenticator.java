package io.sluice.edge.filter.auth;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.core.time.Ticker;
import io.sluice.net.http.Exchange;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/// Client certificates. The listener has verified them at the handshake, so all that is left is who they name and
/// whether they have ended since. A certificate is read once per connection.
final class CertificateAuthenticator implements Authenticator {
    static final String ID = "mtls";
    private static final long MOST_CERTIFICATES = 20_000;
    private static final Authentication.Denied ENDED =
            new Authentication.Denied(
                    Failure.of(FailureKind.UNAUTHORIZED, "The client certificate has expired."),
                    "Bearer");

    private final Ticker ticker;
    private final LoadingCache<X509Certificate, Authentication.Granted> known;

    CertificateAuthenticator(CertificateConfig.SubjectFrom subject, Ticker ticker) {
        this.ticker = ticker;
        // By identity: each connection has its own object.
        this.known =
                Caffeine.newBuilder()
                        .weakKeys()
                        .maximumSize(MOST_CERTIFICATES)
                        .executor(Runnable::run)
                        .build(certificate ->
                                new Authentication.Granted(
                                        CertificateNames.principal(certificate, subject, ID)));
    }

    @Override
    public String id() {
        return ID;
    }

    /// There is no challenge for certificates; a client without one is asked for what other ways there are.
    @Override
    public String challenge() {
        return "Bearer";
    }

    @Override
    public @Nullable Claim claim(Exchange exchange) {
        X509Certificate certificate = exchange.peer().certificate();
        return certificate == null ? null : () -> verify(certificate);
    }

    private Authentication verify(X509Certificate certificate) {
        return ticker.epochMillis() <= certificate.getNotAfter().toInstant().toEpochMilli()
                ? known.get(certificate)
                : ENDED;
    }
}
