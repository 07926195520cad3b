package io.sluice.app.health;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Well when a TCP connection can be opened in time.
final class TcpProbe implements Probe {
    private final String address;
    private final Duration timeout;

    /// @param address `host:port`
    TcpProbe(String address, Duration timeout) {
        this.address = address;
        this.timeout = timeout;
    }

    @Override
    public @Nullable String run() {
        try (Socket socket = new Socket()) {
            socket.connect(HostPort.resolve(address), Math.toIntExact(timeout.toMillis()));
            return null;
        } catch (IOException failed) {
            return "cannot connect to " + address;
        }
    }
}
