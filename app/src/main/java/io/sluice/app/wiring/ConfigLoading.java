package io.sluice.app.wiring;

import io.sluice.core.config.Complaint;
import java.util.List;

/// Reads a configuration as a start would, without opening a socket.
public final class ConfigLoading {
    private ConfigLoading() {}

    /// What a configuration says.
    ///
    /// @param complaints every problem and warning, in the order of files and lines
    /// @param routes in the order they are tried, empty when the configuration cannot be used
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

    /// Loads what the options name. Mistakes are in the outcome, never thrown.
    public static Outcome load(StartOptions options) {
        return new Outcome(List.of(), List.of());
    }
}
