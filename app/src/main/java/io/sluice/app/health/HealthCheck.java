package io.sluice.app.health;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A check with what it looks at.
///
/// @param instances where the configuration names no target: `http://host:port` of those that are asked for the check's
///     path, and `host:port` of those that are only connected to
public record HealthCheck(CheckConfig config, List<String> instances) {
    private static final String CLEAR = "http://";

    public HealthCheck {
        instances = List.copyOf(instances);
    }

    /// Null when there is nothing to look at, or no way to.
    @Nullable Probe probe() {
        return switch (config.type()) {
            case HTTP -> {
                String url = config.config().url();
                yield url != null ? asking(url) : ofInstances();
            }
            case TCP -> {
                String address = config.config().address();
                yield address != null ? new TcpProbe(address, config.patience()) : ofInstances();
            }
            case GRPC, EXEC -> null;
        };
    }

    private @Nullable Probe ofInstances() {
        List<Probe> probes = instances.stream().map(this::probe).toList();
        return probes.isEmpty() ? null : new AnyProbe(probes);
    }

    private HttpProbe asking(String url) {
        return new HttpProbe(url, config.patience(), config.expectedStatus());
    }

    private Probe probe(String instance) {
        return instance.startsWith(CLEAR)
                ? asking(instance + config.path())
                : new TcpProbe(instance, config.patience());
    }
}
