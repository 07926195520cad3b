package io.sluice.realtime.session;

import io.sluice.bus.Leases;
import io.sluice.bus.Members;
import io.sluice.bus.Table;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Something that happens once between two calls of a part of the bus: just before or just behind the next one of a
/// name, as another node may act at any moment.
public final class Interruption {
    private static final List<Class<?>> PARTS = List.of(Table.class, Leases.class, Members.class);

    private final Map<String, Runnable> before = new ConcurrentHashMap<>();
    private final Map<String, Runnable> behind = new ConcurrentHashMap<>();

    /// @param inner a part, or a whole bus
    public <T> T of(Class<T> type, Object inner) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (_, method, arguments) -> {
                            happen(before.remove(method.getName()));
                            try {
                                Object answer = method.invoke(inner, arguments);
                                return PARTS.contains(method.getReturnType())
                                        ? of(method.getReturnType(), answer)
                                        : answer;
                            } catch (InvocationTargetException failure) {
                                throw failure.getCause();
                            } finally {
                                happen(behind.remove(method.getName()));
                            }
                        }));
    }

    private static void happen(@Nullable Runnable what) {
        if (what != null) {
            what.run();
        }
    }

    public void before(String method, Runnable what) {
        before.put(method, what);
    }

    public void behind(String method, Runnable what) {
        behind.put(method, what);
    }
}
