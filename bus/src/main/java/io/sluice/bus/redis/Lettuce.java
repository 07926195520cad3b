package io.sluice.bus.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.sentinel.api.StatefulRedisSentinelConnection;
import io.sluice.bus.RedisConfig;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The client library, set up so that it never reconnects or waits by itself: a connection that breaks is over, and
/// [Link] makes a new one. Two threads of its own.
final class Lettuce {
    static final RedisCodec<String, byte[]> CODEC =
            RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

    private static final int THREADS = 2;

    private final RedisConfig.Limits limits;
    private final ClientResources resources;
    private final RedisClient client;

    Lettuce(RedisConfig.Limits limits) {
        this.limits = limits;
        resources =
                ClientResources.builder()
                        .ioThreadPoolSize(THREADS)
                        .computationThreadPoolSize(THREADS)
                        .commandLatencyRecorder(CommandLatencyRecorder.disabled())
                        .build();
        client = RedisClient.create(resources);
        client.setOptions(
                ClientOptions.builder()
                        .autoReconnect(false)
                        .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                        // What the server has not answered is in flight, and not over.
                        .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
                        .protocolVersion(ProtocolVersion.RESP2)
                        .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                        .socketOptions(
                                SocketOptions.builder()
                                        .connectTimeout(limits.connectTimeout())
                                        .keepAlive(true)
                                        .tcpNoDelay(true)
                                        .build())
                        .build());
    }

    StatefulRedisConnection<String, byte[]> connect(RedisURI address) throws Broken {
        address.setTimeout(limits.connectTimeout());
        return await(client.connectAsync(CODEC, address), limits.connectTimeout());
    }

    StatefulRedisPubSubConnection<String, byte[]> connectPubSub(RedisURI address) throws Broken {
        address.setTimeout(limits.connectTimeout());
        return await(client.connectPubSubAsync(CODEC, address), limits.connectTimeout());
    }

    /// Asks a Sentinel.
    ///
    /// @return null when it knows no master of this name
    @Nullable RedisURI master(RedisURI sentinel, String name) throws Broken {
        sentinel.setTimeout(limits.connectTimeout());
        StatefulRedisSentinelConnection<String, String> connection =
                await(
                        client.connectSentinelAsync(StringCodec.UTF8, sentinel),
                        limits.connectTimeout());
        try {
            Optional<SocketAddress> master =
                    await(
                            connection
                                    .async()
                                    .getMasterAddrByName(name)
                                    .thenApply(Optional::ofNullable));
            return master.isPresent() && master.get() instanceof InetSocketAddress at
                    ? RedisURI.create(at.getHostString(), at.getPort())
                    : null;
        } finally {
            connection.closeAsync();
        }
    }

    /// The result of a command, if it comes in time.
    <T extends @Nullable Object> T await(CompletionStage<T> command) throws Broken {
        return await(command, limits.commandTimeout());
    }

    private static <T extends @Nullable Object> T await(
            CompletionStage<T> command, Duration longest) throws Broken {
        try {
            return command.toCompletableFuture().get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            throw new Broken("no answer within " + longest.toMillis() + " ms");
        } catch (ExecutionException e) {
            throw broken(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new Broken("interrupted");
        }
    }

    private static Broken broken(ExecutionException e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        boolean refused = cause instanceof RedisCommandExecutionException;
        return new Broken(
                cause.getClass().getSimpleName(),
                refused ? Broken.Cause.REFUSED : Broken.Cause.CONNECTION);
    }

    void close() {
        client.shutdown(0, 1, TimeUnit.SECONDS);
        resources.shutdown(0, 1, TimeUnit.SECONDS);
    }
}
