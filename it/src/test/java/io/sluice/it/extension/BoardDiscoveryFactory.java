package io.sluice.it.extension;

import io.sluice.proxy.upstream.discovery.Discovery;
import io.sluice.proxy.upstream.discovery.DiscoveryFactory;
import io.sluice.proxy.upstream.discovery.DiscoveryListener;
import io.sluice.proxy.upstream.discovery.Endpoint;
import io.sluice.proxy.upstream.discovery.InstanceSpec;
import io.sluice.proxy.upstream.discovery.ServiceHealthConfig;
import io.sluice.proxy.upstream.discovery.ServiceSpec;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// `board`: finds what a test pins to the board that its settings name.
public final class BoardDiscoveryFactory implements DiscoveryFactory {
    private static final Map<String, Board> BOARDS = new ConcurrentHashMap<>();

    /// The board of this name; made when it is asked for first.
    public static Board board(String name) {
        return BOARDS.computeIfAbsent(name, _ -> new Board());
    }

    @Override
    public String id() {
        return "board";
    }

    @Override
    public Discovery open(Map<String, String> settings, DiscoveryListener listener) {
        Board board = board(String.valueOf(settings.get("name")));
        board.opened.incrementAndGet();
        board.listener = listener;
        listener.found(board.pinned);
        return board.closed::incrementAndGet;
    }

    /// What one source is going to find.
    public static final class Board {
        private final AtomicInteger opened = new AtomicInteger();
        private final AtomicInteger closed = new AtomicInteger();
        private volatile List<ServiceSpec> pinned = List.of();
        private volatile @Nullable DiscoveryListener listener;

        /// One service with instances on these loopback ports, and no other service any more.
        public void pin(String service, int... ports) {
            List<InstanceSpec> instances =
                    IntStream.of(ports)
                            .mapToObj(port ->
                                    new InstanceSpec(
                                            "i" + port,
                                            Endpoint.of("127.0.0.1", port),
                                            1,
                                            InstanceSpec.Mark.HEALTHY,
                                            List.of(),
                                            Map.of()))
                            .toList();
            pinned = List.of(new ServiceSpec(service, instances, ServiceHealthConfig.DEFAULT));
            DiscoveryListener told = listener;
            if (told != null) {
                told.found(pinned);
            }
        }

        public int opened() {
            return opened.get();
        }

        public int closed() {
            return closed.get();
        }
    }
}
