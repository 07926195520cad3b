package io.sluice.net.ws;

import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Headers;
import io.sluice.net.http.Method;
import io.sluice.net.http.Protocol;
import io.sluice.net.http.RequestHead;
import io.sluice.net.http.ResponseHead;
import io.sluice.net.loop.Loop;
import io.sluice.net.loop.PerLoop;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The opening handshake of one endpoint (RFC 6455 4.2; RFC 8441 over HTTP/2) and the terms of its sockets. Immutable;
/// one exchange at a time on each loop.
///
/// A request over HTTP/2 reaches a handler as a GET that carries `Upgrade: websocket`, a field that cannot stand in an
/// HTTP/2 head otherwise, so routes, filters and handlers treat both alike.
public final class WsHandshake {
    private static final HeaderName VERSION = HeaderName.of("Sec-WebSocket-Version");
    private static final HeaderName KEY = HeaderName.of("Sec-WebSocket-Key");
    private static final HeaderName ACCEPT = HeaderName.of("Sec-WebSocket-Accept");
    private static final HeaderName PROTOCOL = HeaderName.of("Sec-WebSocket-Protocol");
    private static final HeaderName EXTENSIONS = HeaderName.of("Sec-WebSocket-Extensions");
    private static final String KEY_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final String OUR_VERSION = "13";
    private static final int KEY_BYTES = 16;
    private static final int KEY_LENGTH = 24;

    private final OriginPolicy origins;
    private final WsConfig.CompressionConfig compression;
    private final Terms terms;
    private final PerLoop<Deflation> deflations;

    /// @param loops how many loops the process has
    public WsHandshake(WsConfig config, WsWatch watch, int loops) {
        this.origins = OriginPolicy.of(config.origins());
        this.compression = config.compression();
        this.terms = Terms.of(config, watch, loops);
        this.deflations =
                new PerLoop<>(
                        loops, () -> new Deflation(compression.level(), compression.minSize()));
    }

    /// Whether the client asks for a WebSocket, rightly or not; to tell it from a request to the same path that wants
    /// something else.
    public static boolean asked(RequestHead request) {
        return FieldTokens.contain(request.headers(), HeaderName.UPGRADE, "websocket");
    }

    /// Refuses the exchange, and answers it, unless it is a handshake that [#accept] may finish.
    ///
    /// @return whether it may
    public boolean check(Exchange exchange) {
        Failure problem = problem(exchange);
        if (problem == null) {
            return true;
        }
        terms.watch().refused(problem);
        if (problem.kind() == FailureKind.UPGRADE_REQUIRED) {
            exchange.onAnswer((refused, head) -> head.headers().set(VERSION, OUR_VERSION));
        }
        exchange.fail(problem);
        return false;
    }

    private @Nullable Failure problem(Exchange exchange) {
        RequestHead request = exchange.request();
        Headers headers = request.headers();
        if (!asked(request)) {
            return bad("A WebSocket handshake is expected here");
        }
        String malformed = malformed(exchange, request, headers);
        if (malformed != null) {
            return bad(malformed);
        }
        if (headers.count(VERSION) != 1 || !OUR_VERSION.equals(headers.get(VERSION))) {
            return Failure.of(FailureKind.UPGRADE_REQUIRED, "WebSocket version 13 is expected");
        }
        if (request.protocol() != Protocol.HTTP_2 && !keyValid(headers)) {
            return bad("Malformed or repeated Sec-WebSocket-Key");
        }
        if (!FieldTokens.distinctTokens(headers, PROTOCOL)) {
            return bad("Sec-WebSocket-Protocol is no list of different names");
        }
        if (headers.count(HeaderName.ORIGIN) > 1
                || !origins.allows(headers.get(HeaderName.ORIGIN), request)) {
            return Failure.of(FailureKind.FORBIDDEN, "Origin is not allowed");
        }
        return null;
    }

    private static @Nullable String malformed(
            Exchange exchange, RequestHead request, Headers headers) {
        if (!request.method().equals(Method.GET)) {
            return "A WebSocket handshake is a GET";
        }
        if (request.protocol() == Protocol.HTTP_1_0) {
            return "A WebSocket handshake needs HTTP/1.1";
        }
        // Whoever takes Connection off in front of a handler leaves Upgrade only where it said so.
        if (request.protocol() == Protocol.HTTP_1_1
                && headers.contains(HeaderName.CONNECTION)
                && !FieldTokens.contain(headers, HeaderName.CONNECTION, "upgrade")) {
            return "Connection does not say upgrade";
        }
        return exchange.requestBody().length() == 0 ? null : "A WebSocket handshake has no body";
    }

    private static boolean keyValid(Headers headers) {
        String key = headers.get(KEY);
        if (key == null || headers.count(KEY) != 1 || key.length() != KEY_LENGTH) {
            return false;
        }
        try {
            return Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private static Failure bad(String why) {
        return Failure.of(FailureKind.BAD_REQUEST, why);
    }

    /// What messages for this endpoint's sockets on this loop are compressed with.
    public Deflation deflation(Loop loop) {
        return deflations.of(loop);
    }

    /// The first subprotocol the client offers that is one of ours, or null.
    public static @Nullable String subprotocol(RequestHead request, Collection<String> ours) {
        for (String offered : FieldTokens.all(request.headers(), PROTOCOL)) {
            if (ours.contains(offered)) {
                return offered;
            }
        }
        return null;
    }

    /// The subprotocol the client would like best, whatever it is called, or null when it offers none. For endpoints
    /// that speak one language: a browser that offers names and hears none of them ends the connection. Of a checked
    /// handshake.
    public static @Nullable String firstOffered(RequestHead request) {
        List<String> offered = FieldTokens.all(request.headers(), PROTOCOL);
        return offered.isEmpty() ? null : offered.getFirst();
    }

    /// Answers a checked handshake and opens the socket. Everything later comes by the listener, also when the client has
    /// left meanwhile.
    ///
    /// @param subprotocol as [#subprotocol] chose it, or null
    public void accept(Exchange exchange, @Nullable String subprotocol, WsListener listener) {
        RequestHead request = exchange.request();
        boolean http2 = request.protocol() == Protocol.HTTP_2;
        ResponseHead head = new ResponseHead(http2 ? 200 : 101);
        if (!http2) {
            head.headers().add(HeaderName.UPGRADE, "websocket");
            head.headers().add(ACCEPT, answerTo(request.headers().get(KEY)));
        }
        if (subprotocol != null) {
            head.headers().add(PROTOCOL, subprotocol);
        }
        WsCompression agreed = WsCompression.NONE;
        if (compression.enabled() && DeflateOffer.acceptable(request.headers(), EXTENSIONS)) {
            head.headers().add(EXTENSIONS, DeflateOffer.ANSWER);
            agreed = WsCompression.DEFLATE;
        }
        new WebSocket(exchange.takeOver(head), terms, agreed, listener).begin();
    }

    private static String answerTo(@Nullable String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1")
                            .digest((key + KEY_SUFFIX).getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-1", missing);
        }
    }
}
