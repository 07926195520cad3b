package io.sluice.bus.redis;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.sluice.bus.Counters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// Hashes with a field for each node.
final class RedisCounters implements Counters {
    private final Calls calls;
    private final String node;

    RedisCounters(Calls calls, String node) {
        this.calls = calls;
        this.node = node;
    }

    @Override
    public long add(String key, long delta, Duration length) {
        return calls.number(
                Script.ADD_COUNTER,
                key,
                node,
                Long.toString(delta),
                Long.toString(length.toMillis()));
    }

    @Override
    public long get(String key) {
        return calls.number(Script.GET_COUNTER, key);
    }

    @Override
    public void renew(Collection<String> keys, Duration length) {
        List<Function<RedisAsyncCommands<String, byte[]>, CompletionStage<Long>>> all =
                new ArrayList<>();
        List<String> arguments = List.of(node, Long.toString(length.toMillis()));
        for (String key : keys) {
            all.add(commands ->
                    Script.RENEW_COUNTER.run(
                            commands, ScriptOutputType.INTEGER, List.of(key), arguments));
        }
        calls.all(all);
    }
}
