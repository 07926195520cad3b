package io.sluice.bus.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.sluice.bus.Lease;
import io.sluice.bus.Leases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// Sorted sets by expiry. A set outlives its last lease by an hour, so that the members of a cluster that died can be
/// swept, and do not stay for ever when nobody does.
final class RedisLeases implements Leases {
    static final long OUTLIVES_MILLIS = Duration.ofHours(1).toMillis();

    private final Calls calls;

    RedisLeases(Calls calls) {
        this.calls = calls;
    }

    @Override
    public Admission take(Lease lease, Duration length, int limit) {
        long answer =
                calls.number(
                        Script.TAKE_LEASE,
                        lease.key(),
                        lease.member(),
                        Long.toString(length.toMillis()),
                        Integer.toString(limit),
                        Long.toString(OUTLIVES_MILLIS));
        return switch ((int) answer) {
            case 1 -> Admission.ADDED;
            case 2 -> Admission.RENEWED;
            default -> Admission.FULL;
        };
    }

    @Override
    public List<Lease> renew(Collection<Lease> leases, Duration length, int limit) {
        List<Lease> asked = List.copyOf(leases);
        Renewal renewal = new Renewal(length, limit);
        List<Lease> full = new ArrayList<>();
        for (int i = 0; i < asked.size(); i += Renewal.MOST_AT_ONCE) {
            int end = Math.min(i + Renewal.MOST_AT_ONCE, asked.size());
            List<Lease> some = asked.subList(i, end);
            full.addAll(calls.call(commands -> renewal.run(commands, some)));
        }
        return full;
    }

    @Override
    public boolean release(Lease lease) {
        byte[] member = lease.member().getBytes(UTF_8);
        return calls.call(commands -> commands.zrem(lease.key(), member)) > 0;
    }

    @Override
    public void release(Collection<Lease> leases) {
        List<Function<RedisAsyncCommands<String, byte[]>, CompletionStage<Long>>> all =
                new ArrayList<>();
        for (Lease lease : leases) {
            byte[] member = lease.member().getBytes(UTF_8);
            all.add(commands -> commands.zrem(lease.key(), member));
        }
        calls.all(all);
    }

    @Override
    public List<String> living(String key) {
        return texts(calls.list(Script.LIVING_LEASES, key));
    }

    @Override
    public List<String> sweep(String key) {
        return texts(calls.list(Script.SWEEP_LEASES, key));
    }

    @Override
    public Map<String, List<String>> sweep(Collection<String> keys) {
        List<String> asked = List.copyOf(keys);
        List<Function<RedisAsyncCommands<String, byte[]>, CompletionStage<List<byte[]>>>> all =
                new ArrayList<>();
        for (String key : asked) {
            all.add(commands ->
                    Script.SWEEP_LEASES.run(
                            commands, ScriptOutputType.MULTI, List.of(key), List.of()));
        }
        List<List<byte[]>> answers = calls.all(all);
        Map<String, List<String>> ended = new HashMap<>();
        for (int i = 0; i < answers.size(); i++) {
            if (!answers.get(i).isEmpty()) {
                ended.put(asked.get(i), texts(answers.get(i)));
            }
        }
        return ended;
    }

    private static List<String> texts(List<byte[]> values) {
        return values.stream().map(value -> new String(value, UTF_8)).toList();
    }
}
