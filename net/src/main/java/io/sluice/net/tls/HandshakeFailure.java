package io.sluice.net.tls;

import io.netty.handler.ssl.NotSslRecordException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Why a handshake with a client came to nothing. Told from what the TLS engine throws; both engines say most of it in
/// words only.
public enum HandshakeFailure {
    /// Not done within `handshakeTimeout`.
    TIMEOUT,
    /// The client left before it was done.
    CLOSED,
    /// What came is no TLS, or its hello is longer than any client's.
    NOT_TLS,
    /// A certificate is required and the client showed none.
    NO_CERTIFICATE,
    /// The client's certificate is expired, of another authority or not for clients.
    BAD_CERTIFICATE,
    /// No version, cipher suite or group is spoken by both.
    NOTHING_IN_COMMON,
    /// The client sent an alert, mostly because it does not trust our certificate.
    CLIENT_ALERT,
    OTHER;

    private static final int DEEPEST_CAUSE = 8;

    /// Metric label value: the constant in lower case.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static HandshakeFailure of(Throwable failed) {
        @Nullable Throwable cause = failed;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            HandshakeFailure found = one(cause);
            if (found != OTHER) {
                return found;
            }
            cause = cause.getCause();
        }
        return OTHER;
    }

    private static HandshakeFailure one(Throwable cause) {
        return switch (cause) {
            case TimeoutException _ -> TIMEOUT;
            case ClosedChannelException _ -> CLOSED;
            case NotSslRecordException _ -> NOT_TLS;
            case CertificateException _ -> BAD_CERTIFICATE;
            default -> named(String.valueOf(cause.getMessage()).toUpperCase(Locale.ROOT));
        };
    }

    private static HandshakeFailure named(String words) {
        if (words.contains("HANDSHAKE TIMED OUT")) {
            return TIMEOUT;
        }
        if (any(words, "DID_NOT_RETURN_A_CERTIFICATE", "EMPTY CLIENT CERTIFICATE")) {
            return NO_CERTIFICATE;
        }
        if (any(words, "_ALERT_", "RECEIVED FATAL ALERT")) {
            return CLIENT_ALERT;
        }
        if (any(words, "CERTIFICATE_VERIFY_FAILED", "PATH VALIDATION", "PATH BUILDING")) {
            return BAD_CERTIFICATE;
        }
        if (any(
                words,
                "NO_SHARED",
                "UNSUPPORTED_PROTOCOL",
                "NO_COMMON",
                "IN COMMON",
                "NOT ENABLED OR SUPPORTED",
                "VERSION_TOO_LOW",
                "INAPPROPRIATE_FALLBACK",
                "WRONG_CURVE")) {
            return NOTHING_IN_COMMON;
        }
        return any(
                        words,
                        "HTTP_REQUEST",
                        "WRONG_VERSION_NUMBER",
                        "CLIENTHELLO LENGTH",
                        "HELLO LENGTH")
                ? NOT_TLS
                : OTHER;
    }

    private static boolean any(String words, String... looked) {
        for (String one : looked) {
            if (words.contains(one)) {
                return true;
            }
        }
        return false;
    }
}
