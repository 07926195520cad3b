package io.sluice.app.wiring;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the process does when the operating system signals it. Reached by reflection: `sun.misc.Signal` is the only
/// way to hear a second SIGTERM or a SIGHUP, and the compiler warns at its name.
final class Signals {
    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

    /// Exit code of a stop that did not wait for the drain.
    private static final int CUT_SHORT = 1;

    private final AtomicInteger stops = new AtomicInteger();
    private final Runnable drain;

    private Signals(Runnable drain) {
        this.drain = drain;
    }

    /// SIGTERM and SIGINT drain, a second one ends the process at once; SIGHUP reloads. The actions run on a thread of
    /// their own.
    static void install(Runnable drain, Runnable reload) {
        Signals signals = new Signals(drain);
        handle("TERM", signals::stop);
        handle("INT", signals::stop);
        handle("HUP", reload);
    }

    private void stop() {
        if (stops.getAndIncrement() == 0) {
            drain.run();
        } else {
            Runtime.getRuntime().halt(CUT_SHORT);
        }
    }

    private static void handle(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object listener =
                    Proxy.newProxyInstance(
                            handler.getClassLoader(),
                            new Class<?>[] {handler},
                            (proxy, method, arguments) -> answer(proxy, method, arguments, action));
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), listener);
        } catch (InvocationTargetException refused) {
            LOG.atWarn()
                    .addKeyValue("signal", name)
                    .addKeyValue("cause", String.valueOf(refused.getCause()))
                    .log("This signal belongs to the JVM or the system and is not obeyed");
        } catch (ReflectiveOperationException missing) {
            LOG.atWarn().addKeyValue("signal", name).log("This JVM cannot hear signals");
        }
    }

    private static Object answer(Object proxy, Method method, Object[] arguments, Runnable action) {
        return switch (method.getName()) {
            case "equals" ->
                    System.identityHashCode(proxy) == System.identityHashCode(arguments[0]);
            case "hashCode" -> System.identityHashCode(proxy);
            case "toString" -> "Signals";
            default -> {
                action.run();
                yield proxy;
            }
        };
    }
}
