package io.sluice.net.http2;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.sluice.core.time.Ticker;
import io.sluice.net.http.Peer;
import io.sluice.net.loop.Loop;
import io.sluice.net.tls.AlpnOffer;
import io.sluice.net.tls.HandshakeListener;
import io.sluice.net.tls.ServerTls;
import io.sluice.net.tls.ServerTlsConfig;
import io.sluice.net.tls.TlsFindings;
import io.sluice.testkit.TestCertificates;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Http2RealClientTest {
    @TempDir Path folder;

    @Test
    void javaClientNegotiatesHttp2AndMultiplexes() throws Exception {
        TestCertificates pki = TestCertificates.authority("test");
        TestCertificates.PemFiles files = pki.server("localhost").writeTo(folder, "server");
        ServerTls tls =
                requireNonNull(
                        ServerTls.load(
                                ServerTlsConfig.of(
                                        files.certificate().toString(), files.key().toString()),
                                AlpnOffer.EITHER,
                                Ticker.system(),
                                HandshakeListener.NONE,
                                new TlsFindings()));
        MultiThreadIoEventLoopGroup group =
                new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        Channel listener = listen(tls, group);
        int port = ((InetSocketAddress) listener.localAddress()).getPort();
        byte[] large = new byte[1 << 20];
        try (HttpClient client = HttpClient.newBuilder().sslContext(pki.context(null)).build()) {
            List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                HttpRequest request =
                        HttpRequest.newBuilder(
                                        URI.create("https://localhost:" + port + "/up?i=" + i))
                                .POST(HttpRequest.BodyPublishers.ofByteArray(large))
                                .build();
                answers.add(client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray()));
            }
            for (CompletableFuture<HttpResponse<byte[]>> answer : answers) {
                HttpResponse<byte[]> response = answer.get(30, TimeUnit.SECONDS);
                assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
                assertThat(response.body()).hasSize(large.length);
            }
        } finally {
            listener.close().sync();
            group.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
            tls.close();
        }
    }

    private static Channel listen(ServerTls tls, MultiThreadIoEventLoopGroup group)
            throws InterruptedException {
        Loop loop = new Loop((EventLoop) group.next(), Ticker.system(), 0);
        Http2Side side =
                new Http2Side(
                        Http2Limits.DEFAULT, new EchoHandler(), (peer, protocol, failure) -> {}, 1);
        return new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(
                        new ChannelInitializer<Channel>() {
                            @Override
                            protected void initChannel(Channel channel) {
                                Peer peer =
                                        Peer.of(
                                                (InetSocketAddress) channel.remoteAddress(),
                                                (InetSocketAddress) channel.localAddress());
                                tls.install(
                                        channel.pipeline(),
                                        negotiated ->
                                                Http2Pipeline.install(
                                                        channel.pipeline(),
                                                        side,
                                                        loop,
                                                        negotiated.secure(peer)));
                            }
                        })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
    }
}
