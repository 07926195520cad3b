package io.sluice.net.dial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import io.sluice.core.fail.Failure;
import io.sluice.core.time.Ticker;
import io.sluice.net.http1.Http1Origin;
import io.sluice.net.loop.Loop;
import io.sluice.net.loop.Loops;
import io.sluice.net.loop.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// A service of several addresses under one name, such as a headless one of Kubernetes.
final class AddressesOfANameTest {
    private static final int DIALS = 4;

    private static final byte[] IPV6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private final Loops loops = new Loops(Transport.NIO, 1, Ticker.system());

    @Test
    void theyTakeTurns() throws Exception {
        try (ServerSocket first = listen(loopback(1), 0);
                ServerSocket second = listen(loopback(2), first.getLocalPort());
                NameServer names = new NameServer(List.of(loopback(1), loopback(2)));
                TcpDialer dialer = dialer(names)) {
            for (int i = 0; i < DIALS; i++) {
                assertThat(dial(dialer, first.getLocalPort())).isEqualTo("connected");
            }
            for (int i = 0; i < DIALS / 2; i++) {
                first.accept().close();
                second.accept().close();
            }
        } finally {
            loops.close();
        }
    }

    @Test
    void whereOneRefusesTheNextIsAsked() throws Exception {
        try (ServerSocket only = listen(loopback(1), 0);
                NameServer names = new NameServer(List.of(loopback(2), loopback(1)));
                TcpDialer dialer = dialer(names)) {
            for (int i = 0; i < DIALS; i++) {
                assertThat(dial(dialer, only.getLocalPort())).isEqualTo("connected");
                only.accept().close();
            }
        } finally {
            loops.close();
        }
    }

    @Test
    void whenAllRefuseItIsOneFailure() throws Exception {
        int port;
        try (ServerSocket gone = listen(loopback(1), 0)) {
            port = gone.getLocalPort();
        }
        try (NameServer names = new NameServer(List.of(loopback(2), loopback(1)));
                TcpDialer dialer = dialer(names)) {
            assertThat(dial(dialer, port)).isEqualTo("CONNECT_FAILED");
        } finally {
            loops.close();
        }
    }

    @Test
    void anotherFamilyIsOnlyAskedWhenThePreferredOneRefuses() throws Exception {
        InetSocketAddress a = new InetSocketAddress(loopback(1), 1);
        InetSocketAddress b = new InetSocketAddress(loopback(2), 1);
        InetSocketAddress other = new InetSocketAddress(InetAddress.getByAddress(IPV6), 1);
        assertThat(AddressOrder.from(List.of(a, b, other), 0)).containsExactly(a, b, other);
        assertThat(AddressOrder.from(List.of(a, b, other), 1)).containsExactly(b, a, other);
        assertThat(AddressOrder.from(List.of(a, other), -1)).containsExactly(a, other);
        loops.close();
    }

    private static TcpDialer dialer(NameServer names) {
        return new TcpDialer(
                Transport.NIO,
                Duration.ZERO,
                Http1Origin::install,
                Http1Origin::install,
                new DnsNameResolverBuilder()
                        .datagramChannelType(Transport.NIO.datagramChannel())
                        .nameServerProvider(
                                new SingletonDnsServerAddressStreamProvider(names.address())));
    }

    private String dial(TcpDialer dialer, int port) throws Exception {
        Origin origin =
                new Origin(
                        "pods.sluice.test",
                        port,
                        null,
                        null,
                        Origin.Speaks.HTTP_1,
                        Duration.ofSeconds(30));
        CompletableFuture<String> outcome = new CompletableFuture<>();
        Loop loop = loops.all().getFirst();
        loop.executor().execute(() -> dialer.dial(origin, loop, listener(outcome)));
        return outcome.get(30, TimeUnit.SECONDS);
    }

    private static Dialer.DialListener listener(CompletableFuture<String> outcome) {
        return new Dialer.DialListener() {
            @Override
            public void connected(OriginConnection connection) {
                outcome.complete("connected");
                connection.close();
            }

            @Override
            public void failed(Failure failure) {
                outcome.complete(failure.kind().name());
            }
        };
    }

    private static InetAddress loopback(int last) throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    }

    /// Systems differ in how much of 127.0.0.0/8 is theirs.
    private static ServerSocket listen(InetAddress address, int port) throws IOException {
        try {
            ServerSocket socket = new ServerSocket(port, 50, address);
            socket.setSoTimeout(30_000);
            return socket;
        } catch (IOException notOurs) {
            abort("cannot listen on " + address + ": " + notOurs.getMessage());
            throw notOurs;
        }
    }
}
