package io.sluice.app.health;

import java.net.InetSocketAddress;

/// `host:port` text, IPv6 literals in brackets.
final class HostPort {
    private HostPort() {}

    static boolean isValid(String text) {
        try {
            return port(text) > 0 && !host(text).isEmpty();
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }

    /// Resolves the name, so it may block.
    ///
    /// @throws IllegalArgumentException when the text is not `host:port`
    static InetSocketAddress resolve(String text) {
        return new InetSocketAddress(host(text), port(text));
    }

    private static String host(String text) {
        String host = text.substring(0, colon(text));
        return host.startsWith("[") && host.endsWith("]")
                ? host.substring(1, host.length() - 1)
                : host;
    }

    private static int port(String text) {
        int port = Integer.parseInt(text, colon(text) + 1, text.length(), 10);
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port: " + port + ", expected 1 to 65535");
        }
        return port;
    }

    private static int colon(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("address: '" + text + "', expected host:port");
        }
        return colon;
    }
}
