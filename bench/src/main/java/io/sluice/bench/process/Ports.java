package io.sluice.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// Ports of the loopback address.
public final class Ports {
    private static final int START_LIMIT_MILLIS = 60_000;
    private static final int POLL_MILLIS = 50;

    private Ports() {}

    /// A port that was free a moment ago.
    public static int free() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits until a process that was just started accepts connections.
    ///
    /// @param name of the program, for the message
    /// @throws IllegalStateException when it ends instead, or takes longer than a minute
    public static void await(Process process, int port, String name) {
        for (int waited = 0; waited < START_LIMIT_MILLIS; waited += POLL_MILLIS) {
            try (Socket socket = new Socket()) {
                socket.connect(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port), POLL_MILLIS);
                return;
            } catch (IOException notYet) {
                if (!process.isAlive()) {
                    throw new IllegalStateException(name + " ended while starting");
                }
                Pause.millis(POLL_MILLIS);
            }
        }
        throw new IllegalStateException(name + " does not accept on port " + port);
    }
}
