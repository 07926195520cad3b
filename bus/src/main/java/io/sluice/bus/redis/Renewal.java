package io.sluice.bus.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.sluice.bus.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/// Runs leases anew, so many with one script that a node with thousands of them costs the server tens of commands, and
/// so few that nobody else waits long for the server. Where one script may not touch all the keys, as behind the proxy
/// of a cluster, each key has a script of its own.
///
/// @param limit most living members of a key
record Renewal(Duration length, int limit) {
    /// Half a millisecond of the server's time.
    static final int MOST_AT_ONCE = 256;

    /// @param leases at most [#MOST_AT_ONCE]
    /// @return those that found no place
    CompletionStage<List<Lease>> run(
            RedisAsyncCommands<String, byte[]> commands, List<Lease> leases) {
        return together(commands, leases)
                .exceptionallyCompose(e -> {
                    Throwable cause = e instanceof CompletionException ? e.getCause() : e;
                    return cause instanceof RedisCommandExecutionException
                            ? keyByKey(commands, leases)
                            : CompletableFuture.failedFuture(e);
                });
    }

    private CompletionStage<List<Lease>> together(
            RedisAsyncCommands<String, byte[]> commands, List<Lease> leases) {
        List<String> keys = leases.stream().map(Lease::key).toList();
        List<String> arguments = new ArrayList<>();
        arguments.add(Long.toString(length.toMillis()));
        arguments.add(Integer.toString(limit));
        arguments.add(Long.toString(RedisLeases.OUTLIVES_MILLIS));
        leases.forEach(lease -> arguments.add(lease.member()));
        return Script.RENEW_LEASES
                .<List<Long>>run(commands, ScriptOutputType.MULTI, keys, arguments)
                .thenApply(full ->
                        full.stream().map(place -> leases.get(place.intValue() - 1)).toList());
    }

    private CompletionStage<List<Lease>> keyByKey(
            RedisAsyncCommands<String, byte[]> commands, List<Lease> leases) {
        Map<String, List<Lease>> byKey = new LinkedHashMap<>();
        for (Lease lease : leases) {
            byKey.computeIfAbsent(lease.key(), _ -> new ArrayList<>()).add(lease);
        }
        CompletionStage<List<Lease>> all = CompletableFuture.completedFuture(List.of());
        for (List<Lease> ofOne : byKey.values()) {
            CompletionStage<List<Lease>> full = together(commands, ofOne);
            all = all.thenCombine(full, Renewal::both);
        }
        return all;
    }

    private static List<Lease> both(List<Lease> some, List<Lease> more) {
        List<Lease> both = new ArrayList<>(some);
        both.addAll(more);
        return both;
    }
}
