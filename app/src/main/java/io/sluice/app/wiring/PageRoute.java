package io.sluice.app.wiring;

import io.sluice.edge.filter.auth.AuthRuleConfig;
import io.sluice.net.http.Handler;
import org.jspecify.annotations.Nullable;

/// Something the gateway itself serves.
///
/// @param id also its metric label
/// @param path literal path, or `/*`
/// @param handler gets every method
/// @param auth who may use it; null for everybody, whatever is configured
/// @param priority as of a rule
record PageRoute(
        String id, String path, Handler handler, @Nullable AuthRuleConfig auth, int priority) {

    /// A page that is only read, at exactly this path, by everybody.
    static PageRoute page(String id, String path, Handler handler) {
        return new PageRoute(id, path, new OnlyPage(path, handler), null, 0);
    }

    /// Something that takes requests of its own kinds from whoever may send them.
    static PageRoute guarded(String id, String path, Handler handler, AuthRuleConfig auth) {
        return new PageRoute(id, path, handler, auth, 0);
    }

    /// What gets the requests that nothing else takes.
    static PageRoute anywhere(String id, Handler handler) {
        return new PageRoute(id, "/*", handler, null, Integer.MIN_VALUE);
    }
}
