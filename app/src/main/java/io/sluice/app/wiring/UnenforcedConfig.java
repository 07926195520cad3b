package io.sluice.app.wiring;

import io.sluice.core.config.Doc;
import java.util.List;

/// Keys right below `gateway` about protection that a configuration asks for and this gateway does not give; the root
/// record holds it inline.
public record UnenforcedConfig(
        @Doc("What other gateways set for all requests. Nothing in it is acted upon.")
                MiddlewareConfig middleware,
        @Doc(
                        "Protection that this file asks for, that the gateway does not enforce, and without which it serves all the same, because something else enforces it: oauth2, rbac, metadata. Asking for one that is not named here is a mistake.")
                List<Kind> serveWithout) {

    /// What can be asked for in vain.
    public enum Kind {
        /// `middleware.auth.oauth2`, also of a rule.
        OAUTH2,
        /// `middleware.authz.rbac`, also of a rule.
        RBAC,
        /// Demands in the `metadata` of a rule, such as `authRequired`.
        METADATA
    }

    public UnenforcedConfig {
        serveWithout = List.copyOf(serveWithout);
    }

    boolean accepts(Kind kind) {
        return serveWithout.contains(kind);
    }
}
