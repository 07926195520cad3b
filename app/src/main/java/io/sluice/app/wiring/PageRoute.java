package io.sluice.app.wiring;

import io.sluice.edge.filter.Filter;
import io.sluice.edge.filter.auth.AuthRuleConfig;
import io.sluice.net.http.Handler;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something the gateway itself serves.
///
/// @param id also its metric label
/// @param path literal path, or `/*`
/// @param handler gets every method
/// @param auth who may use it; null for everybody, whatever is configured
/// @param priority as of a rule
/// @param filters of its own, before those that `auth` asks for
record PageRoute(
        String id,
        String path,
        Handler handler,
        @Nullable AuthRuleConfig auth,
        int priority,
        List<Filter> filters) {

    PageRoute(
            String id, String path, Handler handler, @Nullable AuthRuleConfig auth, int priority) {
        this(id, path, handler, auth, priority, List.of());
    }

    /// A page that is only read, at exactly this path, by everybody.
    static PageRoute page(String id, String path, Handler handler) {
        return new PageRoute(id, path, new OnlyPage(path, handler), null, 0);
    }

    /// Something that takes requests of its own kinds from whoever may send them.
    static PageRoute guarded(String id, String path, Handler handler, AuthRuleConfig auth) {
        return new PageRoute(id, path, handler, auth, 0);
    }

    /// Something that takes requests of its own kinds from everybody, as far as its own filters let them.
    static PageRoute open(String id, String path, Handler handler) {
        return new PageRoute(id, path, handler, null, 0);
    }

    /// The same behind filters of its own.
    PageRoute behind(List<Filter> own) {
        return new PageRoute(id, path, handler, auth, priority, own);
    }

    /// What gets the requests that nothing else takes.
    static PageRoute anywhere(String id, Handler handler) {
        return new PageRoute(id, "/*", handler, null, Integer.MIN_VALUE);
    }
}
