package io.sluice.bus.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.sluice.bus.Lease;
import io.sluice.bus.Leases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// Sorted sets by expiry. A set outlives its last lease by an hour, so that the members of a cluster that died can be
/// swept, and do not stay for ever when nobody does.
final class RedisLeases implements Leases {
    private static final long OUTLIVES_MILLIS = Duration.ofHours(1).toMillis();

    private final Calls calls;

    RedisLeases(Calls calls) {
        this.calls = calls;
    }

    @Override
    public Admission take(Lease lease, Duration length, int limit) {
        String[] arguments = arguments(lease, length, limit);
        return switch ((int) calls.number(Script.TAKE_LEASE, lease.key(), arguments)) {
            case 1 -> Admission.ADDED;
            case 2 -> Admission.RENEWED;
            default -> Admission.FULL;
        };
    }

    private static String[] arguments(Lease lease, Duration length, int limit) {
        return new String[] {
            lease.member(),
            Long.toString(length.toMillis()),
            Integer.toString(limit),
            Long.toString(OUTLIVES_MILLIS)
        };
    }

    @Override
    public void renew(Collection<Lease> leases, Duration length) {
        List<Function<RedisAsyncCommands<String, byte[]>, CompletionStage<?>>> all =
                new ArrayList<>();
        for (Lease lease : leases) {
            List<String> arguments = List.of(arguments(lease, length, Integer.MAX_VALUE));
            all.add(commands ->
                    Script.TAKE_LEASE.run(
                            commands, ScriptOutputType.INTEGER, List.of(lease.key()), arguments));
        }
        calls.all(all);
    }

    @Override
    public boolean release(Lease lease) {
        byte[] member = lease.member().getBytes(UTF_8);
        return calls.call(commands -> commands.zrem(lease.key(), member)) > 0;
    }

    @Override
    public List<String> living(String key) {
        return texts(calls.list(Script.LIVING_LEASES, key));
    }

    @Override
    public List<String> sweep(String key) {
        return texts(calls.list(Script.SWEEP_LEASES, key));
    }

    private static List<String> texts(List<byte[]> values) {
        return values.stream().map(value -> new String(value, UTF_8)).toList();
    }
}
