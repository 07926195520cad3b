package io.sluice.app.wiring;

import io.sluice.core.config.Doc;
import io.sluice.core.config.Inline;
import io.sluice.core.config.Unsupported;
import io.sluice.edge.filter.auth.AuthConfig;
import io.sluice.net.listen.ListenerConfig;
import java.util.List;
import java.util.stream.Stream;

/// Everything below the root key `gateway`.
@Unsupported(
        keys = {"redis", "rateLimitStorage"},
        why = "limits are counted in this process; there is no shared store yet")
@Unsupported(
        keys = {"telemetry"},
        why = "traces are passed on to services but not exported yet")
@Unsupported(
        keys = {"management"},
        why = "there is no management API yet; see health and metrics")
@Unsupported(
        keys = {"openapi", "versioning", "protocols"},
        why = "routes come from router.rules only")
@Unsupported(
        keys = {"session"},
        why = "stickiness is set per rule, see sessionAffinity")
public record GatewayConfig(
        @Doc("Where clients come in.") FrontendConfig frontend,
        @Doc("More addresses to listen on, each with the keys of frontend.http.")
                List<FrontendConfig.More> listeners,
        @Inline ServicesConfig services,
        @Doc("Which requests go where.") RouterConfig router,
        @Inline MessagesConfig messages,
        @Inline PolicyConfig policy,
        @Inline PagesConfig pages,
        @Inline RuntimeConfig runtime) {

    /// The key everything stands under.
    public static final String ROOT = "gateway";

    public GatewayConfig {
        listeners = List.copyOf(listeners);
    }

    /// The main listener, then the others in their order.
    Stream<ListenerConfig> everyListener() {
        return Stream.concat(
                Stream.of(frontend.http().listener()),
                listeners.stream().map(FrontendConfig.More::listener));
    }

    /// The section `auth`, and what the listeners add to it.
    AuthConfig credentials() {
        boolean shown =
                everyListener()
                        .map(ListenerConfig::tls)
                        .anyMatch(tls -> tls.enabled() && tls.clients().clientAuth().asks());
        return shown ? policy.auth().whereCertificatesAreShown() : policy.auth();
    }
}
