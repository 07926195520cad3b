package io.sluice.net.tls;

import io.netty.handler.ssl.SslContext;
import io.netty.util.Mapping;
import io.netty.util.ReferenceCountUtil;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The contexts of one listener, by the name the client asks for: exact, then `*.` of one label, then the default.
/// Immutable; used by all loops. Owns its contexts until [#release].
final class ServerContexts implements Mapping<String, SslContext> {
    private final SslContext fallback;
    private final Map<String, SslContext> byName;

    private ServerContexts(SslContext fallback, Map<String, SslContext> byName) {
        this.fallback = fallback;
        this.byName = Map.copyOf(byName);
    }

    /// Builds all contexts; null when an error was found.
    static @Nullable ServerContexts build(
            List<KeyMaterial> materials, List<List<String>> hosts, ServerContextMaker maker) {
        Map<String, SslContext> byName = new HashMap<>();
        SslContext fallback = null;
        for (int i = 0; i < materials.size(); i++) {
            SslContext context = maker.make(materials.get(i));
            if (context == null) {
                byName.values().forEach(ReferenceCountUtil::release);
                ReferenceCountUtil.release(fallback);
                return null;
            }
            if (fallback == null) {
                fallback = context;
            }
            List<String> names = hosts.get(i).isEmpty() ? materials.get(i).names() : hosts.get(i);
            for (String name : names) {
                byName.putIfAbsent(name.toLowerCase(Locale.ROOT), context);
            }
        }
        return fallback == null ? null : new ServerContexts(fallback, byName);
    }

    /// @param serverName as the client sent it, or null when it sent none
    @Override
    public SslContext map(@Nullable String serverName) {
        if (serverName == null || byName.isEmpty()) {
            return fallback;
        }
        String name = serverName.toLowerCase(Locale.ROOT);
        SslContext exact = byName.get(name);
        if (exact != null) {
            return exact;
        }
        int dot = name.indexOf('.');
        SslContext wild = dot < 0 ? null : byName.get("*" + name.substring(dot));
        return wild != null ? wild : fallback;
    }

    /// Lets go of the native contexts; handshakes under way hold their own reference.
    void release() {
        Set<SslContext> distinct = new LinkedHashSet<>(byName.values());
        distinct.add(fallback);
        distinct.forEach(ReferenceCountUtil::release);
    }
}
