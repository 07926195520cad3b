package io.sluice.app.wiring;

import io.sluice.core.time.Ticker;
import io.sluice.net.dial.Origin;
import io.sluice.net.tls.AlpnOffer;
import io.sluice.net.tls.ClientContext;
import io.sluice.net.tls.ClientTls;
import io.sluice.net.tls.ClientTlsConfig;
import io.sluice.net.tls.TlsFinding;
import io.sluice.net.tls.TlsFindings;
import io.sluice.net.tls.WatchedFiles;
import io.sluice.proxy.upstream.discovery.Endpoint;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Adds to where an instance listens what the `backend` section says: certificates and the time to connect. TLS
/// contexts are kept while that section and the files it names stay the same, so that instances do too.
final class Origins implements Endpoint.OriginSource {
    private final Ticker ticker;
    private final ClientTlsConfig tls;
    private final WatchedFiles files;
    private final BackendConfig.Clocks clocks;
    private final AlpnOffer negotiable;
    private final Map<AlpnOffer, ClientContext> contexts = new EnumMap<>(AlpnOffer.class);

    Origins(BackendConfig.Http config, Ticker ticker) {
        this.ticker = ticker;
        this.tls = config.tls();
        this.files = WatchedFiles.of(tls);
        this.clocks = config.clocks();
        this.negotiable = negotiable(config);
    }

    /// Whether the same origins come out of this section. Reads the files it names.
    boolean fits(BackendConfig.Http config) {
        return tls.equals(config.tls())
                && files.same()
                && negotiable == negotiable(config)
                && clocks.dialTimeout().equals(config.clocks().dialTimeout())
                && clocks.tlsHandshakeTimeout().equals(config.clocks().tlsHandshakeTimeout());
    }

    private static AlpnOffer negotiable(BackendConfig.Http config) {
        return config.disableHTTP2() ? AlpnOffer.HTTP_1 : AlpnOffer.EITHER;
    }

    @Override
    public Origin origin(Endpoint endpoint) {
        boolean secure =
                switch (endpoint.security()) {
                    case TLS -> true;
                    case PLAIN -> tls.enabled();
                    case CLEAR -> false;
                };
        return new Origin(
                endpoint.host(),
                endpoint.port(),
                secure ? context(endpoint.speaks()) : null,
                secure ? serverName() : null,
                endpoint.speaks(),
                clocks.dialTimeout());
    }

    private @Nullable String serverName() {
        String name = tls.serverName();
        return name == null || name.isBlank() ? null : name;
    }

    private ClientContext context(Origin.Speaks speaks) {
        AlpnOffer offer =
                switch (speaks) {
                    case HTTP_1 -> AlpnOffer.HTTP_1;
                    case HTTP_2 -> AlpnOffer.HTTP_2;
                    case NEGOTIATED -> negotiable;
                };
        return contexts.computeIfAbsent(offer, this::load);
    }

    private ClientContext load(AlpnOffer offer) {
        TlsFindings findings = new TlsFindings();
        ClientContext context = ClientTls.context(tls, offer, ticker, findings);
        if (context == null) {
            throw new IllegalArgumentException(
                    findings.all().stream()
                            .map(TlsFinding::toString)
                            .collect(Collectors.joining("; ", "backend.http.tls: ", "")));
        }
        return context.within(clocks.tlsHandshakeTimeout());
    }
}
