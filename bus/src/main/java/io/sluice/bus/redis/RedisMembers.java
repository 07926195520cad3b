package io.sluice.bus.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.bus.Members;
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
    public Set<String> list(String key) {
        Set<String> members = new HashSet<>();
        for (byte[] member : calls.call(commands -> commands.smembers(key))) {
            members.add(new String(member, UTF_8));
        }
        return Set.copyOf(members);
    }
}
