package io.sluice.net.tls;

import io.netty.handler.ssl.ApplicationProtocolNames;
import java.util.List;

/// What the gateway offers a service, or takes from a client, by ALPN (RFC 7301).
public enum AlpnOffer {
    HTTP_1,
    HTTP_2,
    /// Both, preferring HTTP/2.
    EITHER;

    List<String> names() {
        return switch (this) {
            case HTTP_1 -> List.of(ApplicationProtocolNames.HTTP_1_1);
            case HTTP_2 -> List.of(ApplicationProtocolNames.HTTP_2);
            case EITHER ->
                    List.of(ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1);
        };
    }
}
