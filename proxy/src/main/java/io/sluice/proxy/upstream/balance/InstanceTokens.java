package io.sluice.proxy.upstream.balance;

import io.sluice.proxy.upstream.Instance;
import io.sluice.proxy.upstream.InstanceSet;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// The instances of one snapshot by the token that stands for them in a cookie. A token is the HMAC-SHA256 of service
/// and instance id: every gateway with the same key knows it, nobody without the key can make one, and it tells a client
/// nothing about the instance. Worked out once per snapshot, so a request costs one look-up. Immutable.
final class InstanceTokens {
    /// Characters of a token: 32 bytes as base64url without padding.
    static final int TOKEN_LENGTH = 43;

    private static final String ALGORITHM = "HmacSHA256";

    private final List<Instance> usable;
    private final Set<Instance> usableSet;
    private final Map<String, Instance> byToken = new HashMap<>();
    private final Map<Instance, String> tokens = new HashMap<>();
    private final long[] hashes;

    InstanceTokens(InstanceSet set, byte[] key) {
        usable = set.usable();
        usableSet = new HashSet<>(usable);
        hashes = new long[usable.size()];
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = Hash64.of(usable.get(i).id());
        }
        for (Instance instance : set.all()) {
            String token = sign(instance, key);
            byToken.put(token, instance);
            tokens.put(instance, token);
        }
    }

    private static String sign(Instance instance, byte[] key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update(instance.service().getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            byte[] signature = mac.doFinal(instance.id().getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(ALGORITHM + " is part of every JDK", missing);
        }
    }

    /// The instance a token stands for, usable or not; null when it is none of this service, or was signed with another
    /// key.
    @Nullable Instance instance(String token) {
        return byToken.get(token);
    }

    /// The token of an instance, or null when it is not of this snapshot.
    @Nullable String token(Instance instance) {
        return tokens.get(instance);
    }

    boolean usable(Instance instance) {
        return usableSet.contains(instance);
    }

    List<Instance> usable() {
        return usable;
    }

    /// The usable instance an id belongs to when nothing is remembered about it: the same on every gateway, and another
    /// one only when that instance goes.
    @Nullable Instance byHash(String id) {
        long hash = Hash64.of(id);
        Instance best = null;
        long highest = 0;
        for (int i = 0; i < hashes.length; i++) {
            long score = Hash64.mix(hash ^ hashes[i]);
            if (best == null || score > highest) {
                best = usable.get(i);
                highest = score;
            }
        }
        return best;
    }
}
