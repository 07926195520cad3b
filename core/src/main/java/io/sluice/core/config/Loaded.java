package io.sluice.core.config;

import io.sluice.core.config.Complaint.Severity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The outcome of reading a configuration.
///
/// @param draft what could be bound, with defaults in place of what failed; for further checks only, and
///     null when not even that could be made
/// @param complaints all errors and warnings, by file and line
public record Loaded<T extends Record>(
        @Nullable T draft, List<Complaint> complaints, Places places) {
    public Loaded {
        complaints = List.copyOf(complaints);
    }

    /// The configuration, or null when there is any error.
    public @Nullable T value() {
        return hasErrors() ? null : draft;
    }

    /// Whether the configuration is refused.
    public boolean hasErrors() {
        for (Complaint complaint : complaints) {
            if (complaint.severity() == Severity.ERROR) {
                return true;
            }
        }
        return false;
    }

    /// The same with the findings of a later check put in their order.
    public Loaded<T> with(List<Complaint> more) {
        List<String> files = new ArrayList<>();
        Complaints all = new Complaints();
        for (Complaint complaint : complaints) {
            files.add(complaint.file());
            all.add(complaint);
        }
        more.forEach(all::add);
        return new Loaded<>(draft, all.sorted(files), places);
    }
}
