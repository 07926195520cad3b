package io.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FreePortsTest {

    @Test
    void heldPortsDifferAndRefuse() {
        try (FreePorts ports = new FreePorts()) {
            Set<Integer> all = new HashSet<>();
            for (int i = 0; i < 50; i++) {
                all.add(ports.next());
            }
            assertThat(all).hasSize(50);
            int port = all.iterator().next();
            assertThatThrownBy(() -> RawClient.connect(port).close());
        }
    }

    @Test
    void aServerTakesAHeldPort() throws Exception {
        try (FreePorts ports = new FreePorts();
                ServerSocket server = new ServerSocket()) {
            int port = ports.next();
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            try (RawClient client = RawClient.connect(port)) {
                assertThat(client.localPort()).isPositive();
            }
        }
    }
}
