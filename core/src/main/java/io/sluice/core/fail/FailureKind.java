package io.sluice.core.fail;

import org.slf4j.event.Level;

/// Every way an exchange or a connection can fail, and what each protocol, log and metric says about it.
///
/// The constants are the single table of the gateway: a status code or an error code that is not here is never sent
/// by Sluice itself (what a service answers passes through untouched).
public enum FailureKind {
    BAD_REQUEST(400, "bad_request", 3, 1008, Level.DEBUG, Retry.NEVER),
    UNAUTHORIZED(401, "unauthorized", 16, 1008, Level.DEBUG, Retry.NEVER),
    FORBIDDEN(403, "forbidden", 7, 1008, Level.DEBUG, Retry.NEVER),
    NOT_FOUND(404, "not_found", 12, 1008, Level.DEBUG, Retry.NEVER),
    METHOD_NOT_ALLOWED(405, "method_not_allowed", 12, 1008, Level.DEBUG, Retry.NEVER),
    /// The client was too slow to send its head or its body; never a slow service.
    CLIENT_TIMEOUT(408, "timeout", 4, 1008, Level.DEBUG, Retry.NEVER),
    PAYLOAD_TOO_LARGE(413, "payload_too_large", 8, 1009, Level.DEBUG, Retry.NEVER),
    URI_TOO_LONG(414, "uri_too_long", 3, 1008, Level.DEBUG, Retry.NEVER),
    MISDIRECTED(421, "misdirected_request", 3, 1008, Level.DEBUG, Retry.NEVER),
    /// Well-formed JSON that says something that cannot be done.
    UNPROCESSABLE(422, "unprocessable", 3, 1008, Level.DEBUG, Retry.NEVER),
    UPGRADE_REQUIRED(426, "upgrade_required", 3, 1008, Level.DEBUG, Retry.NEVER),
    RATE_LIMIT(429, "rate_limit", 8, 1008, Level.DEBUG, Retry.NEVER),
    HEADERS_TOO_LARGE(431, "headers_too_large", 8, 1009, Level.DEBUG, Retry.NEVER),
    /// The client went away before the answer was complete. Never written to a wire, only logged and counted.
    CLIENT_GONE(499, "client_gone", 1, 1006, Level.DEBUG, Retry.NEVER),
    INTERNAL(500, "internal", 13, 1011, Level.ERROR, Retry.NEVER),
    NOT_IMPLEMENTED(501, "not_implemented", 12, 1008, Level.DEBUG, Retry.NEVER),
    HTTP_VERSION(505, "http_version_not_supported", 3, 1002, Level.DEBUG, Retry.NEVER),
    /// No connection to the instance could be opened: refused, unreachable, connect timeout or TLS failure.
    /// No byte of the request was sent, so any method may be tried elsewhere.
    CONNECT_FAILED(502, "bad_gateway", 14, 1014, Level.WARN, Retry.ALWAYS),
    /// The connection broke, or the reply was malformed, before the reply's head was complete.
    BROKEN_REPLY(502, "bad_gateway", 14, 1014, Level.WARN, Retry.IDEMPOTENT),
    /// The service did not answer in time. 408 by default, as the original promises; `errors.timeoutStatus: 504` changes it.
    UPSTREAM_TIMEOUT(408, "timeout", 4, 1014, Level.WARN, Retry.IDEMPOTENT),
    /// The service has no instance that may be used.
    UNAVAILABLE(503, "unavailable", 14, 1013, Level.WARN, Retry.NEVER),
    BREAKER_OPEN(503, "unavailable", 14, 1013, Level.DEBUG, Retry.NEVER),
    OVERLOADED(503, "unavailable", 14, 1013, Level.WARN, Retry.NEVER),
    DRAINING(503, "unavailable", 14, 1001, Level.DEBUG, Retry.NEVER),
    /// A frame that breaks RFC 6455: unmasked, reserved bits, a control frame that is long or in pieces.
    PROTOCOL_ERROR(400, "protocol_error", 3, 1002, Level.DEBUG, Retry.NEVER),
    /// A kind of message that the face does not take, such as binary on a text face.
    UNSUPPORTED_DATA(415, "unsupported_data", 3, 1003, Level.DEBUG, Retry.NEVER),
    /// Text that is not UTF-8, or a compressed message that does not inflate.
    INVALID_PAYLOAD(400, "invalid_payload", 3, 1007, Level.DEBUG, Retry.NEVER),
    /// The client breaks a rule of the face that has no kind of its own.
    POLICY_VIOLATION(403, "policy_violation", 7, 1008, Level.DEBUG, Retry.NEVER),
    /// No sign of life within the heartbeat's time.
    HEARTBEAT_TIMEOUT(408, "heartbeat_timeout", 4, 4000, Level.DEBUG, Retry.NEVER),
    /// The credentials of an open connection ended.
    TOKEN_EXPIRED(401, "token_expired", 16, 4001, Level.DEBUG, Retry.NEVER),
    /// More waits for a client than its outbox holds.
    SLOW_CONSUMER(503, "slow_consumer", 8, 4002, Level.DEBUG, Retry.NEVER),
    /// The user, the address or the node has as many connections as it may.
    CONNECTION_LIMIT(429, "connection_limit", 8, 4003, Level.DEBUG, Retry.NEVER),
    /// Another connection or an operator took this one's place.
    KICKED(409, "kicked", 10, 4004, Level.DEBUG, Retry.NEVER);

    /// Whether another attempt at another instance is allowed for a failure of this kind.
    public enum Retry {
        NEVER,
        /// Only when the method is idempotent and no byte of the answer was passed on.
        IDEMPOTENT,
        /// Nothing was sent, so any request whose body is still whole.
        ALWAYS
    }

    private final int status;
    private final String code;
    private final int grpcStatus;
    private final int closeCode;
    private final Level level;
    private final Retry retry;

    FailureKind(int status, String code, int grpcStatus, int closeCode, Level level, Retry retry) {
        this.status = status;
        this.code = code;
        this.grpcStatus = grpcStatus;
        this.closeCode = closeCode;
        this.level = level;
        this.retry = retry;
    }

    /// HTTP status, 400–599.
    public int status() {
        return status;
    }

    /// The `error` field of the JSON body; several kinds may share one code.
    public String code() {
        return code;
    }

    /// Canonical gRPC status number, 1–16.
    public int grpcStatus() {
        return grpcStatus;
    }

    /// Code of the close frame that ends a WebSocket for it (RFC 6455 7.4; 4000–4999 are ours). 1006 is never sent.
    public int closeCode() {
        return closeCode;
    }

    /// Metric label value: the constant in lower case.
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /// Highest level at which one occurrence may be logged. Peer-caused kinds are DEBUG.
    public Level level() {
        return level;
    }

    public Retry retry() {
        return retry;
    }
}
