package io.sluice.core.config;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/// Remembers where every value and every bound record came from, so that rules across sections can name
/// the line too.
public final class Places {
    private final Map<String, Place> byPath = new HashMap<>();
    private final IdentityHashMap<Object, String> paths = new IdentityHashMap<>();
    private final Place whole;

    Places(Place whole) {
        this.whole = whole;
    }

    void put(String path, Place place) {
        byPath.putIfAbsent(path, place);
    }

    void bound(Object value, String path) {
        paths.putIfAbsent(value, path);
    }

    /// The dotted path of a record that this load has bound, or empty for any other object.
    public String pathOf(Record value) {
        return paths.getOrDefault(value, "");
    }

    /// The place of the value with this path, or of the nearest value around it.
    public Place at(String path) {
        String current = path;
        while (!current.isEmpty()) {
            Place place = byPath.get(current);
            if (place != null) {
                return place;
            }
            int end = Math.max(current.lastIndexOf('.'), current.lastIndexOf('['));
            current = current.substring(0, Math.max(end, 0));
        }
        return whole;
    }
}
