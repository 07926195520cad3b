package io.sluice.core.config;

import io.sluice.core.config.Complaint.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Collects what is found while one configuration is read; nothing is said twice, nor more than a thousand
/// things in all.
final class Complaints {
    private static final int MOST = 1_000;

    private final Set<Complaint> all = new LinkedHashSet<>();
    private int quiet;

    void error(Place place, String path, String message) {
        add(new Complaint(Severity.ERROR, place.file(), place.line(), path, message));
    }

    void warning(Place place, String path, String message) {
        add(new Complaint(Severity.WARNING, place.file(), place.line(), path, message));
    }

    void add(Complaint complaint) {
        if (quiet == 0 && all.size() < MOST) {
            all.add(complaint);
        }
    }

    /// Drops what is reported until the matching [#speak]; used while a value that failed is replaced by
    /// its default, only to look for further problems.
    void hush() {
        quiet++;
    }

    void speak() {
        quiet--;
    }

    /// By file in the order given, unknown files last, then by line.
    List<Complaint> sorted(List<String> files) {
        List<Complaint> sorted = new ArrayList<>(all);
        sorted.sort(
                Comparator.<Complaint>comparingInt(complaint -> rank(files, complaint.file()))
                        .thenComparingInt(Complaint::line));
        return List.copyOf(sorted);
    }

    private static int rank(List<String> files, String file) {
        int index = files.indexOf(file);
        return index < 0 ? files.size() : index;
    }
}
