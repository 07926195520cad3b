package io.sluice.edge.filter.limit;

import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.core.identity.Principal;
import io.sluice.core.telemetry.Count;
import io.sluice.core.telemetry.Metrics;
import io.sluice.edge.filter.Filter;
import io.sluice.edge.filter.Phase;
import io.sluice.edge.filter.Step;
import io.sluice.net.http.ClientNetwork;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Headers;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Refuses with 429 who has no token left, and tells every client of the route how it stands: `X-RateLimit-Limit` is the
/// size of the bucket, `-Remaining` the whole tokens in it, `-Reset` the seconds until it is full again.
public final class RateLimitFilter implements Filter {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /// Whose bucket a request draws from.
    public enum Key {
        ADDRESS("ip", Phase.ADDRESS_LIMIT),
        IDENTITY("identity", Phase.IDENTITY_LIMIT);

        private final String label;
        private final Phase phase;

        Key(String label, Phase phase) {
            this.label = label;
            this.phase = phase;
        }

        /// Value of the label `limit_type`.
        public String label() {
            return label;
        }
    }

    private final Key key;
    private final TokenBuckets buckets;
    private final ClientNetwork network;
    private final Count hits;
    private final Count rejected;
    private final String capacity;

    /// @param buckets of this route; handed on at a reload that leaves the limit as it is
    /// @param network which addresses share a bucket
    /// @param hits counts requests that were checked
    /// @param rejected counts those that were refused
    public RateLimitFilter(
            Key key, TokenBuckets buckets, ClientNetwork network, Count hits, Count rejected) {
        this.key = key;
        this.buckets = buckets;
        this.network = network;
        this.hits = hits;
        this.rejected = rejected;
        this.capacity = Integer.toString(buckets.limit().capacity());
    }

    /// Counts under the names `gateway_rate_limit_hits_total` and `gateway_rate_limit_rejected_total`.
    public static RateLimitFilter of(
            Key key, TokenBuckets buckets, ClientNetwork network, Metrics metrics, String routeId) {
        Count hits =
                metrics.counters(
                                "gateway_rate_limit_hits_total",
                                "Requests that were checked against a limit.",
                                "route",
                                "limit_type")
                        .of(routeId, key.label());
        Count rejected =
                metrics.counters(
                                "gateway_rate_limit_rejected_total",
                                "Requests that were refused by a limit.",
                                "route",
                                "limit_type")
                        .of(routeId, key.label());
        return new RateLimitFilter(key, buckets, network, hits, rejected);
    }

    @Override
    public Phase phase() {
        return key.phase;
    }

    @Override
    public Step apply(Exchange exchange) {
        String client = client(exchange);
        if (client == null) {
            return Step.next();
        }
        hits.inc();
        long missing = buckets.take(client, exchange.loop().ticker().nanos());
        if (missing > 0) {
            exchange.onAnswer(
                    (_, head) -> tell(head.headers(), buckets.remaining(missing), missing));
            return Step.next();
        }
        rejected.inc();
        String seconds = Long.toString(Math.max(1, seconds(-missing)));
        exchange.onAnswer((_, head) -> {
            tell(head.headers(), 0, buckets.fullIn());
            head.headers().set(HeaderName.RETRY_AFTER, seconds);
        });
        return new Step.Refuse(
                Failure.of(
                        FailureKind.RATE_LIMIT,
                        "Too many requests; the next one is taken in " + seconds + " s."));
    }

    private @Nullable String client(Exchange exchange) {
        return switch (key) {
            case ADDRESS -> network.of(exchange.clientAddress());
            case IDENTITY -> {
                Principal principal = exchange.principal();
                yield principal == null ? null : principal.provider() + ' ' + principal.subject();
            }
        };
    }

    private void tell(Headers headers, int remaining, long missing) {
        headers.set(HeaderName.X_RATELIMIT_LIMIT, capacity);
        headers.set(HeaderName.X_RATELIMIT_REMAINING, Integer.toString(remaining));
        headers.set(HeaderName.X_RATELIMIT_RESET, Long.toString(seconds(missing)));
    }

    private static long seconds(long nanos) {
        return (nanos + SECOND - 1) / SECOND;
    }
}
