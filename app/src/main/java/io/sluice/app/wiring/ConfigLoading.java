package io.sluice.app.wiring;

import io.sluice.core.config.Complaint;
import io.sluice.core.config.ConfigInput;
import io.sluice.core.config.ConfigLoader;
import io.sluice.core.config.ConfigSource;
import io.sluice.core.config.Loaded;
import io.sluice.core.time.Ticker;
import io.sluice.edge.route.RouteOrder;
import io.sluice.edge.route.RouteRule;
import io.sluice.edge.route.RouteTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a configuration, and the files it names, as a start would, without opening a socket.
public final class ConfigLoading {
    private static final String BUILT_IN = "built-in configuration";
    private static final String NEARBY = "sluice.yaml";
    private static final String BUILT_IN_RESOURCE = "/config/default.yaml";

    private ConfigLoading() {}

    /// What a configuration says.
    ///
    /// @param complaints every problem and warning, in the order of files and lines
    /// @param routes those that win over others before them, empty when the configuration cannot be used
    public record Outcome(List<Complaint> complaints, List<RouteRow> routes) {

        public Outcome {
            complaints = List.copyOf(complaints);
            routes = List.copyOf(routes);
        }

        /// Whether a gateway would start with it.
        public boolean usable() {
            return complaints.stream()
                    .noneMatch(complaint -> complaint.severity() == Complaint.Severity.ERROR);
        }
    }

    /// Loads what the options name, with the environment of this process. Mistakes are in the outcome, never thrown.
    public static Outcome load(StartOptions options) {
        return outcome(read(options, System.getenv()));
    }

    /// What a configuration that was read says.
    public static Outcome outcome(Loaded<GatewayConfig> loaded) {
        GatewayConfig config = loaded.value();
        return new Outcome(loaded.complaints(), config == null ? List.of() : rows(config));
    }

    /// Reads and checks what the options name. The value is null when there is any error.
    public static Loaded<GatewayConfig> read(
            StartOptions options, Map<String, String> environment) {
        String file = fileOf(options);
        ConfigSource source = file == null ? builtIn() : ConfigSource.file(file);
        return read(new ConfigInput(List.of(source), options.settings(), environment));
    }

    /// The same for sources at hand.
    public static Loaded<GatewayConfig> read(ConfigInput input) {
        Loaded<GatewayConfig> loaded =
                ConfigLoader.of(GatewayConfig.ROOT, GatewayConfig.class).load(input);
        List<Complaint> later = new ArrayList<>(CrossChecks.of(loaded));
        later.addAll(FileChecks.of(loaded, Ticker.system()));
        return loaded.with(later);
    }

    /// The file the options name, else `sluice.yaml` of the working directory if there is one, else null for the
    /// built-in configuration.
    static @Nullable String fileOf(StartOptions options) {
        String named = options.configFile();
        return named == null && Files.isRegularFile(Path.of(NEARBY)) ? NEARBY : named;
    }

    private static ConfigSource builtIn() {
        try (InputStream in = ConfigLoading.class.getResourceAsStream(BUILT_IN_RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(BUILT_IN_RESOURCE + " is missing");
            }
            return ConfigSource.text(
                    BUILT_IN, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Rules and what the gateway itself serves, those that win over others before them.
    static List<RouteRow> rows(GatewayConfig config) {
        List<RouteTable.Entry<RouteRow>> entries = new ArrayList<>();
        List<RuleConfig> rules = config.router().rules();
        for (int i = 0; i < rules.size(); i++) {
            RuleConfig rule = rules.get(i);
            if (!rule.internal()) {
                RouteRow row = rule.row(i, config.router().defaultLoadBalance());
                entries.add(RouteTable.Entry.of(rule.route(), i, row));
            }
        }
        for (RouteRow row : RealtimeParts.rows(config.messages().realtime())) {
            entries.add(RouteTable.Entry.of(RouteRule.of(row.id(), row.path()), 0, row));
        }
        return RouteOrder.of(entries).stream().map(RouteTable.Entry::route).toList();
    }
}
