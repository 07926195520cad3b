package io.sluice.edge.filter.access;

import io.sluice.core.config.Alias;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The section `accessLog`.
public record AccessLogConfig(
        @Doc("Whether every request is written as one line of JSON.") @Default("true")
                boolean enabled,
        @Doc("stdout, or the path of a file that is appended to.")
                @Default("stdout")
                @Alias({"file", "path"})
                String target,
        @Doc("Further query parameters whose values are never written.")
                List<String> secretParameters) {

    public static final String STDOUT = "stdout";

    public AccessLogConfig {
        secretParameters = List.copyOf(secretParameters);
    }

    /// The same with these parameters secret too.
    public AccessLogConfig hiding(Collection<String> more) {
        Set<String> names = new LinkedHashSet<>(secretParameters);
        names.addAll(more);
        return new AccessLogConfig(enabled, target, List.copyOf(names));
    }
}
