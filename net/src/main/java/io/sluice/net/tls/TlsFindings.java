package io.sluice.net.tls;

import io.sluice.core.config.Complaint.Severity;
import java.util.ArrayList;
import java.util.List;

/// Collects what one load of TLS files has to say, so that all problems are reported together. One thread.
public final class TlsFindings {
    private final List<TlsFinding> all = new ArrayList<>();

    void error(String key, String message) {
        all.add(new TlsFinding(Severity.ERROR, key, message));
    }

    void warning(String key, String message) {
        all.add(new TlsFinding(Severity.WARNING, key, message));
    }

    public List<TlsFinding> all() {
        return List.copyOf(all);
    }

    /// Whether what was loaded cannot be used.
    public boolean broken() {
        return all.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
    }
}
