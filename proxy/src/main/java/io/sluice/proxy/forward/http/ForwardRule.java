package io.sluice.proxy.forward.http;

import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;

/// The keys of a rule that say how a request is changed on its way to the service.
public record ForwardRule(
        @Doc("Whether the service sees the Host the client asked for, or the instance's own.")
                @Default("true")
                boolean preserveHost) {
    public static final ForwardRule DEFAULTS = new ForwardRule(true);

    public HostRewrite rewrite() {
        return preserveHost ? HostRewrite.PRESERVE : HostRewrite.INSTANCE;
    }
}
