package io.sluice.app.wiring;

import io.sluice.core.config.Complaint;
import io.sluice.core.config.Complaint.Severity;
import io.sluice.core.config.Loaded;
import io.sluice.core.config.Place;
import java.util.ArrayList;
import java.util.List;

/// Collects what checks after the reading of a configuration find, each with the line of its key. One thread.
final class Findings {
    private final Loaded<GatewayConfig> loaded;
    private final List<Complaint> all = new ArrayList<>();

    Findings(Loaded<GatewayConfig> loaded) {
        this.loaded = loaded;
    }

    void error(String path, String message) {
        add(Severity.ERROR, path, message);
    }

    void warning(String path, String message) {
        add(Severity.WARNING, path, message);
    }

    void add(Severity severity, String path, String message) {
        Place place = loaded.places().at(path);
        all.add(new Complaint(severity, place.file(), place.line(), path, message));
    }

    /// Whether reading this section, or anything in it, failed; what rests on it is not worth a check then.
    boolean failed(String section) {
        for (Complaint complaint : loaded.complaints()) {
            if (complaint.severity() == Severity.ERROR && complaint.path().startsWith(section)) {
                return true;
            }
        }
        return false;
    }

    List<Complaint> all() {
        return List.copyOf(all);
    }
}
