package io.sluice.proxy.forward.http;

import io.sluice.core.time.Ticker;
import io.sluice.net.dial.Origin;
import io.sluice.net.dial.TcpDialer;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.Handler;
import io.sluice.net.http1.Http1Origin;
import io.sluice.net.http1.Http1Pipeline;
import io.sluice.net.http1.Http1Settings;
import io.sluice.net.http1.Http1Side;
import io.sluice.net.listen.Listener;
import io.sluice.net.listen.ListenerConfig;
import io.sluice.net.listen.ListenerLimits;
import io.sluice.net.listen.ListenerTimeouts;
import io.sluice.net.listen.ProtocolStart;
import io.sluice.net.listen.Protocols;
import io.sluice.net.listen.ProxyProtocol;
import io.sluice.net.loop.Loops;
import io.sluice.net.loop.Transport;
import io.sluice.net.tls.ServerTlsConfig;
import io.sluice.proxy.attempt.AnswerPath;
import io.sluice.proxy.attempt.AttemptLanes;
import io.sluice.proxy.attempt.AttemptLimits;
import io.sluice.proxy.attempt.AttemptPlan;
import io.sluice.proxy.attempt.HeadRewrite;
import io.sluice.proxy.attempt.RetryPlan;
import io.sluice.proxy.upstream.Balancer;
import io.sluice.proxy.upstream.Breaker;
import io.sluice.proxy.upstream.Instance;
import io.sluice.proxy.upstream.InstanceMeters;
import io.sluice.proxy.upstream.InstanceSet;
import io.sluice.proxy.upstream.Service;
import io.sluice.proxy.upstream.pool.ConnectionPools;
import io.sluice.proxy.upstream.pool.PoolConfig;
import io.sluice.testkit.RawClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// A listener on loopback whose only handler forwards to real origins, over real sockets on one loop.
final class ForwardingGateway implements AutoCloseable {
    private final Loops loops = new Loops(Transport.preferred(), 1, Ticker.system());
    private final TcpDialer dialer;
    private final Listener listener;
    private final FeedbackLog feedback = new FeedbackLog();
    private final Queue<Exchange> exchanges = new ConcurrentLinkedQueue<>();
    private final List<Instance> instances = new ArrayList<>();
    private final AttemptLanes lanes;
    private volatile Handler handler;
    private AttemptLimits limits = AttemptLimits.of(Duration.ofSeconds(10));
    private RetryPlan retry = RetryPlan.off();
    private HeadRewrite rewrite = HostRewrite.PRESERVE;

    ForwardingGateway(int... ports) {
        this(PoolConfig.DEFAULTS, ports);
    }

    ForwardingGateway(PoolConfig pool, int... ports) {
        for (int port : ports) {
            instances.add(new Instance("s", "i" + port, origin(port), 1));
        }
        dialer = new TcpDialer(loops.transport(), Http1Origin::install, Http1Origin::install);
        lanes = new AttemptLanes(1, new ConnectionPools(1, dialer, pool, InstanceMeters.none()));
        handler = forwarder();
        Http1Side side =
                new Http1Side(
                        Http1Settings.DEFAULT,
                        exchange -> {
                            exchanges.add(exchange);
                            handler.handle(exchange);
                        },
                        (peer, protocol, failure) -> {},
                        1);
        ProtocolStart http1 =
                (pipeline, loop, peer) -> Http1Pipeline.install(pipeline, side, loop, peer);
        listener =
                new Listener(config(), loops, new Protocols(http1, http1), (_, _, _) -> {}, null);
        listener.bind();
    }

    private static Origin origin(int port) {
        return new Origin(
                "127.0.0.1", port, null, null, Origin.Speaks.HTTP_1, Duration.ofSeconds(2));
    }

    private static ListenerConfig config() {
        Duration long_ = Duration.ofSeconds(60);
        return new ListenerConfig(
                "127.0.0.1",
                0,
                new ListenerTimeouts(long_, long_, long_, long_, 0, Duration.ZERO),
                new ListenerLimits(8192, 32768, 100, 1000),
                ServerTlsConfig.of("", ""),
                ProxyProtocol.OFF,
                false);
    }

    private ForwardHandler forwarder() {
        Balancer inTurn =
                context -> {
                    for (Instance instance : instances) {
                        if (!context.tried(instance)) {
                            return instance;
                        }
                    }
                    return instances.isEmpty() ? null : instances.getFirst();
                };
        Service service = new Service("s", InstanceSet.of(instances), feedback);
        return new ForwardHandler(
                new AttemptPlan(
                        service,
                        inTurn,
                        Breaker.none(),
                        limits,
                        retry,
                        rewrite,
                        AnswerPath.plain(),
                        lanes));
    }

    ForwardingGateway limits(AttemptLimits newLimits) {
        limits = newLimits;
        handler = forwarder();
        return this;
    }

    ForwardingGateway retry(RetryPlan newRetry) {
        retry = newRetry;
        handler = forwarder();
        return this;
    }

    ForwardingGateway rewrite(HeadRewrite newRewrite) {
        rewrite = newRewrite;
        handler = forwarder();
        return this;
    }

    FeedbackLog feedback() {
        return feedback;
    }

    List<Instance> instances() {
        return instances;
    }

    /// Every exchange so far, in order.
    List<Exchange> exchanges() {
        return List.copyOf(exchanges);
    }

    RawClient connect() {
        return RawClient.connect(listener.address().getPort());
    }

    int port() {
        return listener.address().getPort();
    }

    @Override
    public void close() {
        listener.close();
        loops.close();
        dialer.close();
    }
}
