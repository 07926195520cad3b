package io.sluice.net.listen;

/// An address could not be bound. The message is one line for the operator.
public final class BindException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BindException(String host, int port, Throwable cause) {
        super("cannot listen on " + host + ":" + port + ": " + reason(cause), cause);
    }

    private static String reason(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return message.contains("in use") ? "the port is in use" : message;
    }
}
