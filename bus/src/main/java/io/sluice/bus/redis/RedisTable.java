package io.sluice.bus.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.ScriptOutputType;
import io.sluice.bus.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Hashes with an expiry.
final class RedisTable implements Table {
    private final Calls calls;

    RedisTable(Calls calls) {
        this.calls = calls;
    }

    @Override
    public void put(String key, Map<String, String> fields, Duration timeToLive) {
        if (fields.isEmpty()) {
            return;
        }
        List<String> arguments = new ArrayList<>();
        arguments.add(Long.toString(timeToLive.toMillis()));
        fields.forEach((field, value) -> {
            arguments.add(field);
            arguments.add(value);
        });
        calls.number(Script.PUT_FIELDS, key, arguments.toArray(String[]::new));
    }

    @Override
    public @Nullable String putIfAbsent(
            String key, String field, String value, Duration timeToLive) {
        return text(
                calls.<byte @Nullable []>call(commands ->
                        Script.PUT_ABSENT.<byte[]>run(
                                commands,
                                ScriptOutputType.VALUE,
                                List.of(key),
                                List.of(Long.toString(timeToLive.toMillis()), field, value))));
    }

    @Override
    public Map<String, String> get(String key) {
        Map<String, String> row = new HashMap<>();
        calls.call(commands -> commands.hgetall(key))
                .forEach((field, value) -> row.put(field, new String(value, UTF_8)));
        return Map.copyOf(row);
    }

    @Override
    public @Nullable String get(String key, String field) {
        return text(calls.<byte @Nullable []>call(commands -> commands.hget(key, field)));
    }

    private static @Nullable String text(byte @Nullable [] value) {
        return value == null ? null : new String(value, UTF_8);
    }

    @Override
    public boolean renew(String key, Duration timeToLive) {
        return timeToLive.isZero()
                ? calls.call(commands -> commands.exists(key)) > 0
                : calls.call(commands -> commands.pexpire(key, timeToLive.toMillis()));
    }

    @Override
    public void remove(String key) {
        calls.call(commands -> commands.del(key));
    }

    @Override
    public void remove(String key, String field) {
        calls.call(commands -> commands.hdel(key, field));
    }

    @Override
    public boolean remove(String key, String field, String value) {
        return calls.number(Script.REMOVE_SAME, key, field, value) > 0;
    }
}
