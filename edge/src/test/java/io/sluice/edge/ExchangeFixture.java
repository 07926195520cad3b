package io.sluice.edge;

import io.netty.channel.DefaultEventLoop;
import io.sluice.core.time.ManualTicker;
import io.sluice.net.http.BodySource;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Headers;
import io.sluice.net.http.Method;
import io.sluice.net.http.Peer;
import io.sluice.net.http.Protocol;
import io.sluice.net.http.RequestHead;
import io.sluice.net.loop.Loop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/// Exchanges without a connection, on one loop and a clock moved by hand.
public final class ExchangeFixture implements AutoCloseable {
    private final DefaultEventLoop executor = new DefaultEventLoop();
    public final ManualTicker ticker = new ManualTicker();
    public final Loop loop = new Loop(executor, ticker, 0);

    /// One exchange and what was answered to it.
    public record Pair(Exchange exchange, FakeReply reply) {
        public Headers sent() {
            return exchange.request().headers();
        }
    }

    public final class Request {
        private final Method method;
        private final String path;
        private final @Nullable String query;
        private final Headers headers = new Headers();
        private String authority = "gateway.test";
        private String peer = "192.0.2.7";
        private BodySource body = BodySource.empty();

        private Request(Method method, String target) {
            this.method = method;
            int mark = target.indexOf('?');
            this.path = mark < 0 ? target : target.substring(0, mark);
            this.query = mark < 0 ? null : target.substring(mark + 1);
        }

        public Request header(String name, String value) {
            headers.add(HeaderName.of(name), value);
            return this;
        }

        public Request authority(String newAuthority) {
            authority = newAuthority;
            return this;
        }

        public Request from(String address) {
            peer = address;
            return this;
        }

        public Request body(BodySource newBody) {
            body = newBody;
            return this;
        }

        public Pair open() {
            return open(Peer.of(socket(peer, 50_000), socket("127.0.0.1", 8080)));
        }

        public Pair open(Peer client) {
            RequestHead head =
                    new RequestHead(
                            method,
                            client.scheme(),
                            authority,
                            path,
                            query,
                            Protocol.HTTP_1_1,
                            headers);
            FakeReply reply = new FakeReply();
            Exchange exchange = new Exchange(loop, client, head, body, reply);
            reply.exchange = exchange;
            return new Pair(exchange, reply);
        }
    }

    public Request request(String method, String target) {
        return new Request(Method.of(method), target);
    }

    public Request get(String target) {
        return request("GET", target);
    }

    public static InetSocketAddress socket(String address, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByName(address), port);
        } catch (UnknownHostException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }

    @Override
    public void close() {
        executor.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS)
                .syncUninterruptibly();
    }
}
