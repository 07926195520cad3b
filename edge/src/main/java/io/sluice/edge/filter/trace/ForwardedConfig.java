package io.sluice.edge.filter.trace;

import io.sluice.core.config.Checked;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import java.util.List;
import java.util.function.BiConsumer;

/// Which peers may say on whose behalf they ask.
public record ForwardedConfig(
        @Doc(
                        "Addresses and networks (10.0.0.0/8) of proxies whose X-Forwarded-* and Forwarded fields are believed.")
                List<String> trustedProxies,
        @Doc(
                        "Fields that tell services who asks: x_forwarded, or both for Forwarded (RFC 7239) besides.")
                @Default("x_forwarded")
                Sent forwardedFields)
        implements Checked {

    /// What services get.
    public enum Sent {
        X_FORWARDED,
        BOTH
    }

    public ForwardedConfig {
        trustedProxies = List.copyOf(trustedProxies);
    }

    @Override
    public void check(BiConsumer<String, String> problem) {
        for (String network : trustedProxies) {
            if (!TrustedProxies.valid(network)) {
                problem.accept(
                        "trustedProxies", "'" + network + "', expected an address or address/bits");
            }
        }
    }
}
