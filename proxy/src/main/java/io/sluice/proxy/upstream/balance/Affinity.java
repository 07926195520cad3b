package io.sluice.proxy.upstream.balance;

import io.sluice.core.time.Ticker;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.HeaderName;
import io.sluice.proxy.upstream.Balancer;
import io.sluice.proxy.upstream.Instance;
import io.sluice.proxy.upstream.PickContext;
import io.sluice.proxy.upstream.Service;
import org.jspecify.annotations.Nullable;

/// Keeps the requests of a session on one instance; another balancer chooses for new sessions, and when that instance is
/// not usable or was tried.
///
/// A client either brings an id of its own, which is remembered in a [SessionTable], or is given a cookie that says where
/// it was ([IssuedCookie]), which any gateway with the same secret understands and which costs no memory.
final class Affinity implements Balancer {
    /// Longer ids are not remembered; they are hashed.
    private static final int LONGEST_ID = 256;

    private final SessionSource source;
    private final CookieText cookie;
    private final Balancer fresh;
    private final SessionTable sessions;
    private final Ticker ticker;
    private final Prepared<InstanceTokens> tokens;
    private final boolean issues;

    /// @param key signs the cookies
    Affinity(
            AffinityConfig config,
            Balancer fresh,
            SessionTable sessions,
            Service service,
            byte[] key,
            Ticker ticker) {
        this.source = SessionSource.of(config);
        this.cookie = new CookieText(config.cookieName(), config.ttl().toSeconds());
        this.issues = config.source() == AffinityConfig.Source.COOKIE;
        this.fresh = fresh;
        this.sessions = sessions;
        this.ticker = ticker;
        this.tokens = new Prepared<>(service, set -> new InstanceTokens(set, key.clone()));
    }

    @Override
    public @Nullable Instance pick(PickContext context) {
        InstanceTokens now = tokens.get();
        String id = source.id(context.exchange().request());
        if (id == null) {
            return begin(context, now);
        }
        IssuedCookie issued = issues ? IssuedCookie.parse(id) : null;
        if (issued != null) {
            return follow(issued, context, now);
        }
        return id.length() > LONGEST_ID ? byHash(id, context, now) : remembered(id, context, now);
    }

    private @Nullable Instance begin(PickContext context, InstanceTokens now) {
        Instance chosen = fresh.pick(context);
        // One that was tried before left its cookie then, or the client has it.
        if (chosen != null && issues && !context.tried(chosen)) {
            issue(context.exchange(), chosen, now);
        }
        return chosen;
    }

    private @Nullable Instance follow(
            IssuedCookie issued, PickContext context, InstanceTokens now) {
        Instance known = now.instance(issued.token());
        if (known == null) {
            // Of another service under the same cookie name, or of another key. Issuing our own
            // would make two services
            // take turns in losing theirs, so the token is taken as an id like any other.
            return byHash(issued.token(), context, now);
        }
        long age = ticker.epochMillis() / 1000 - issued.issuedAt();
        if (!takes(known, context, now) || age >= cookie.maxAge()) {
            return begin(context, now);
        }
        if (age < 0 || age > cookie.maxAge() / 2) {
            issue(context.exchange(), known, now);
        }
        return known;
    }

    private @Nullable Instance remembered(String id, PickContext context, InstanceTokens now) {
        long nanos = ticker.nanos();
        Instance known = sessions.find(id, nanos);
        if (known != null && takes(known, context, now)) {
            return known;
        }
        Instance chosen = fresh.pick(context);
        if (chosen != null) {
            sessions.put(id, chosen, nanos);
        }
        return chosen;
    }

    private @Nullable Instance byHash(String id, PickContext context, InstanceTokens now) {
        Instance chosen = now.byHash(id);
        return chosen != null && takes(chosen, context, now) ? chosen : fresh.pick(context);
    }

    private static boolean takes(Instance instance, PickContext context, InstanceTokens now) {
        return now.usable(instance) && Tier.UNTRIED.admits(instance, context);
    }

    private void issue(Exchange exchange, Instance instance, InstanceTokens now) {
        String token = now.token(instance);
        if (token == null) {
            return;
        }
        String value = new IssuedCookie(token, ticker.epochMillis() / 1000).value();
        exchange.onAnswer((answered, head) -> {
            // After a retry, only the instance that answered.
            if (answered.upstream().instance().equals(instance.id())) {
                head.headers().add(HeaderName.SET_COOKIE, cookie.text(value, answered));
            }
        });
    }
}
