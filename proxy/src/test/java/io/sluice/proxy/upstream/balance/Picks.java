package io.sluice.proxy.upstream.balance;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.sluice.core.time.ManualTicker;
import io.sluice.net.dial.Origin;
import io.sluice.net.http.BodySink;
import io.sluice.net.http.BodySource;
import io.sluice.net.http.DiscardingSink;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Headers;
import io.sluice.net.http.Method;
import io.sluice.net.http.Peer;
import io.sluice.net.http.Protocol;
import io.sluice.net.http.Reply;
import io.sluice.net.http.RequestHead;
import io.sluice.net.http.ResponseHead;
import io.sluice.net.http.UpstreamNote;
import io.sluice.net.loop.Loop;
import io.sluice.proxy.upstream.Balancer;
import io.sluice.proxy.upstream.Instance;
import io.sluice.proxy.upstream.InstanceFeedback;
import io.sluice.proxy.upstream.InstanceSet;
import io.sluice.proxy.upstream.PickContext;
import io.sluice.proxy.upstream.Service;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A service, requests to it, and picks for them.
final class Picks {
    static final EventLoop LOOP = new DefaultEventLoop();

    final ManualTicker ticker = new ManualTicker();
    final Loop loop = new Loop(LOOP, ticker, 0);
    final Service service;
    final Balancers balancers = new Balancers(ticker, new SecureRandom());

    Picks(int... weights) {
        List<Instance> instances = new ArrayList<>();
        for (int i = 0; i < weights.length; i++) {
            instances.add(instance("i" + i, weights[i]));
        }
        service = new Service("s", InstanceSet.of(instances), InstanceFeedback.none());
    }

    static Picks equal(int count) {
        return new Picks(IntStream.range(0, count).map(i -> 1).toArray());
    }

    static Instance instance(String id, int weight) {
        Origin origin =
                new Origin("127.0.0.1", 1, null, null, Origin.Speaks.HTTP_1, Duration.ofSeconds(1));
        return new Instance("s", id, origin, weight);
    }

    Instance instance(int index) {
        return service.instances().all().get(index);
    }

    Balancer balancer(Strategy strategy) {
        return balancers.of("r", new BalanceConfig(strategy, null), service);
    }

    /// Keeps only these usable.
    void usable(Instance... instances) {
        service.instances(new InstanceSet(service.instances().all(), List.of(instances)));
    }

    Request request() {
        return new Request();
    }

    /// How often each instance is picked for requests of nobody in particular.
    Map<String, Integer> count(Balancer balancer, int picks) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        Request request = request();
        for (int i = 0; i < picks; i++) {
            Instance picked = balancer.pick(request);
            if (picked != null) {
                counts.merge(picked.id(), 1, Integer::sum);
            }
        }
        return counts;
    }

    /// A request and the attempts made for it.
    final class Request implements PickContext, Reply {
        private final Set<Instance> tried = new HashSet<>();
        private final Headers headers = new Headers();
        private @Nullable String query;
        private String address = "192.0.2.1";
        private Peer peer = peer();
        private @Nullable Exchange exchange;

        private static Peer peer() {
            InetSocketAddress local = new InetSocketAddress(InetAddress.getLoopbackAddress(), 80);
            return Peer.of(local, local);
        }

        Request header(String name, String value) {
            headers.add(HeaderName.of(name), value);
            return this;
        }

        Request query(String newQuery) {
            query = newQuery;
            return this;
        }

        Request from(String newAddress) {
            address = newAddress;
            return this;
        }

        Request secured() {
            peer = peer.secured(null, null);
            return this;
        }

        /// These instances were tried in vain.
        Request after(Instance... instances) {
            tried.addAll(List.of(instances));
            return this;
        }

        @Override
        public Exchange exchange() {
            if (exchange == null) {
                RequestHead head =
                        new RequestHead(
                                Method.GET,
                                peer.scheme(),
                                "h",
                                "/p",
                                query,
                                Protocol.HTTP_1_1,
                                headers);
                exchange = new Exchange(loop, peer, head, BodySource.empty(), this);
                exchange.clientAddress(address);
            }
            return exchange;
        }

        /// Answers as the instance and gives the `Set-Cookie` fields.
        List<String> cookies(@Nullable Instance instance) {
            if (instance != null) {
                exchange().upstream(new UpstreamNote("s", instance.id(), 1, 1));
            }
            ResponseHead head = new ResponseHead(200);
            exchange().answer(head);
            return head.headers().all(HeaderName.SET_COOKIE);
        }

        @Override
        public int loopIndex() {
            return 0;
        }

        @Override
        public boolean tried(Instance instance) {
            return tried.contains(instance);
        }

        @Override
        public int attemptsMade() {
            return tried.size();
        }

        @Override
        public void informational(ResponseHead head) {}

        @Override
        public BodySink begin(ResponseHead head) {
            return new DiscardingSink();
        }

        @Override
        public void cut() {}
    }
}
