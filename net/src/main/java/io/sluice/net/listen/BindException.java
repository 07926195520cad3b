package io.sluice.net.listen;

import java.nio.channels.UnresolvedAddressException;

/// An address could not be bound. The message is one line for the operator.
public final class BindException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BindException(String host, int port, Throwable cause) {
        super("cannot listen on " + host + ":" + port + ": " + reason(cause), cause);
    }

    private static String reason(Throwable cause) {
        if (cause instanceof UnresolvedAddressException) {
            return "no address is known for this host";
        }
        String message = String.valueOf(cause.getMessage());
        if (message.contains("in use")) {
            return "the port is in use";
        }
        if (message.contains("Cannot assign")) {
            return "this machine has no such address";
        }
        return message.contains("Permission denied")
                ? "this process may not use the port"
                : message;
    }
}
