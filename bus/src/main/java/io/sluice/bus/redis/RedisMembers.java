package io.sluice.bus.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.bus.Members;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/// Sets.
final class RedisMembers implements Members {
    private final Calls calls;

    RedisMembers(Calls calls) {
        this.calls = calls;
    }

    @Override
    public boolean add(String key, String member) {
        return calls.call(commands -> commands.sadd(key, member.getBytes(UTF_8))) > 0;
    }

    @Override
    public boolean remove(String key, String member) {
        return calls.call(commands -> commands.srem(key, member.getBytes(UTF_8))) > 0;
    }

    @Override
    public boolean contains(String key, String member) {
        return calls.call(commands -> commands.sismember(key, member.getBytes(UTF_8)));
    }

    @Override
    public Set<String> some(String key, int most) {
        return texts(calls.call(commands -> commands.srandmember(key, most)));
    }

    private static Set<String> texts(Collection<byte[]> values) {
        Set<String> texts = new HashSet<>();
        for (byte[] value : values) {
            texts.add(new String(value, UTF_8));
        }
        return Set.copyOf(texts);
    }

    @Override
    public int size(String key) {
        return Math.toIntExact(calls.call(commands -> commands.scard(key)));
    }
}
