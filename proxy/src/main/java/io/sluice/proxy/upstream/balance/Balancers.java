package io.sluice.proxy.upstream.balance;

import io.sluice.core.life.Staged;
import io.sluice.core.time.Ticker;
import io.sluice.proxy.upstream.Balancer;
import io.sluice.proxy.upstream.Service;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the balancer of each route. Outlives reloads, and so do the sessions it remembers. Any thread, not a loop.
public final class Balancers {
    private static final Logger LOG = LoggerFactory.getLogger(Balancers.class);

    private final Ticker ticker;
    private final byte[] processKey;
    private final LoopRandom random;
    private final Staged<SessionTable> tables = new Staged<>();
    private final AtomicBoolean warned = new AtomicBoolean();

    /// @param entropy makes the key for cookies of routes without a secret
    public Balancers(Ticker ticker, SecureRandom entropy) {
        this.ticker = ticker;
        this.processKey = new byte[32];
        entropy.nextBytes(processKey);
        this.random = new LoopRandom(entropy.nextLong());
    }

    /// A balancer for the requests of one route to one service.
    public Balancer of(String routeId, BalanceConfig config, Service service) {
        Balancer fresh = fresh(config.strategy(), service);
        AffinityConfig affinity = config.affinity();
        if (affinity == null) {
            return fresh;
        }
        return new Affinity(
                affinity, fresh, table(routeId, affinity), service, key(affinity), ticker);
    }

    /// What was prepared is in force from now on.
    public void commit() {
        tables.commit();
    }

    /// What was prepared is not going to be used.
    public void abandon() {
        tables.abandon();
    }

    private Balancer fresh(Strategy strategy, Service service) {
        return switch (strategy) {
            case ROUND_ROBIN, STICKY_SESSION -> new InTurn(service, Weighing.EQUAL);
            case WEIGHTED_ROUND_ROBIN -> new InTurn(service, Weighing.BY_WEIGHT);
            case WEIGHTED_RANDOM -> new WeightedRandom(service, random);
            case LEAST_CONNECTIONS -> new Cheapest(service, Cost::connections, random);
            case P2C -> new TwoChoices(service, Cost::connections, random);
            case RESPONSE_TIME -> new TwoChoices(service, Cost.latency(ticker), random);
            case ADAPTIVE -> new TwoChoices(service, Cost.latencyAndFailures(ticker), random);
            case CONSISTENT_HASH -> new ConsistentHash(service);
        };
    }

    private SessionTable table(String routeId, AffinityConfig config) {
        long ttl = config.ttl().toNanos();
        return tables.of(
                routeId,
                old -> old.fits(config.maxEntries(), ttl),
                () -> new SessionTable(config.maxEntries(), ttl));
    }

    private byte[] key(AffinityConfig config) {
        String secret = config.secret();
        if (secret != null) {
            return secret.getBytes(StandardCharsets.UTF_8);
        }
        if (config.source() == AffinityConfig.Source.COOKIE && warned.compareAndSet(false, true)) {
            LOG.atWarn()
                    .log(
                            "Session cookies are signed with a key of this process only; set"
                                    + " sessionAffinity.secret to keep sessions over restarts and on"
                                    + " other gateways");
        }
        return processKey;
    }
}
