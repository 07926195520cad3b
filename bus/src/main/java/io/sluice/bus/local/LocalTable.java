package io.sluice.bus.local;

import io.sluice.bus.Table;
import io.sluice.core.time.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A table within this process.
public final class LocalTable implements Table {
    private final Expiring<Map<String, String>> rows;

    public LocalTable(Ticker ticker) {
        rows = new Expiring<>(ticker);
    }

    @Override
    public void put(String key, Map<String, String> fields, Duration timeToLive) {
        rows.change(
                key,
                timeToLive,
                row -> {
                    Map<String, String> changed =
                            row == null ? new HashMap<>() : new HashMap<>(row);
                    changed.putAll(fields);
                    return changed;
                });
    }

    @Override
    public @Nullable String putIfAbsent(
            String key, String field, String value, Duration timeToLive) {
        @Nullable String[] before = new @Nullable String[1];
        rows.change(
                key,
                timeToLive,
                row -> {
                    before[0] = row == null ? null : row.get(field);
                    if (before[0] != null) {
                        return row;
                    }
                    Map<String, String> changed =
                            row == null ? new HashMap<>() : new HashMap<>(row);
                    changed.put(field, value);
                    return changed;
                });
        return before[0];
    }

    @Override
    public Map<String, String> get(String key) {
        Map<String, String> row = rows.get(key);
        return row == null ? Map.of() : Map.copyOf(row);
    }

    @Override
    public @Nullable String get(String key, String field) {
        Map<String, String> row = rows.get(key);
        return row == null ? null : row.get(field);
    }

    @Override
    public boolean renew(String key, Duration timeToLive) {
        return rows.renew(key, timeToLive);
    }

    @Override
    public void remove(String key) {
        rows.remove(key);
    }

    @Override
    public void remove(String key, String field) {
        rows.change(key, FOREVER, row -> row == null ? null : without(row, field));
    }

    @Override
    public boolean remove(String key, String field, String value) {
        boolean[] removed = new boolean[1];
        rows.change(
                key,
                FOREVER,
                row -> {
                    removed[0] = row != null && value.equals(row.get(field));
                    return row != null && removed[0] ? without(row, field) : row;
                });
        return removed[0];
    }

    private static @Nullable Map<String, String> without(Map<String, String> row, String field) {
        Map<String, String> changed = new HashMap<>(row);
        changed.remove(field);
        return changed.isEmpty() ? null : changed;
    }
}
