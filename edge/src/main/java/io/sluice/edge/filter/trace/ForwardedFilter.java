package io.sluice.edge.filter.trace;

import io.netty.util.AsciiString;
import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.edge.filter.Filter;
import io.sluice.edge.filter.Phase;
import io.sluice.edge.filter.Step;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Headers;
import io.sluice.net.http.Peer;
import io.sluice.net.http.RequestHead;
import io.sluice.net.loop.PerLoop;

/// Takes off a request what only the gateway may say (hop-by-hop fields, identity, forwarding fields of peers that are
/// not trusted), then says itself who asks: `X-Forwarded-For`, `-Proto`, `-Host`, `-Port` and `X-Real-IP`.
///
/// Behind a trusted proxy the client's address is the last one in `X-Forwarded-For`, or else in `Forwarded` (RFC 7239),
/// that is not itself trusted. The fields of an untrusted peer are the same for each of its requests and are kept ready,
/// per loop, for up to 256 clients seen last.
public final class ForwardedFilter implements Filter {
    /// Fields that say on whose behalf a request comes.
    static final long FORWARDING =
            HeaderName.FORWARDED.bit()
                    | HeaderName.X_FORWARDED_FOR.bit()
                    | HeaderName.X_FORWARDED_PROTO.bit()
                    | HeaderName.X_FORWARDED_HOST.bit()
                    | HeaderName.X_FORWARDED_PORT.bit()
                    | HeaderName.X_REAL_IP.bit();

    private static final AsciiString AUTH = AsciiString.cached("x-auth-");
    private static final AsciiString USER = AsciiString.cached("x-user-");
    private static final Headers.FieldTest IDENTITY = ForwardedFilter::identity;
    private static final Headers.FieldTest FOREIGN =
            (headers, i) -> identity(headers, i) || forwarding(headers, i);
    private static final Step TOO_MANY =
            new Step.Refuse(
                    Failure.of(
                            FailureKind.BAD_REQUEST, "The Connection field lists too many names."));

    private final TrustedProxies trusted;
    private final PerLoop<ForwardedFields> ready;

    /// @param sent which fields services get
    /// @param loops how many loops the process has
    public ForwardedFilter(TrustedProxies trusted, ForwardedConfig.Sent sent, int loops) {
        this.trusted = trusted;
        this.ready = new PerLoop<>(loops, () -> new ForwardedFields(trusted, sent));
    }

    @Override
    public Phase phase() {
        return Phase.GUARD;
    }

    @Override
    public Step apply(Exchange exchange) {
        RequestHead request = exchange.request();
        Headers headers = request.headers();
        if (!HopByHop.strip(request)) {
            return TOO_MANY;
        }
        Peer peer = exchange.peer();
        ForwardedFields.Ready fields =
                ready.of(exchange.loop()).of(peer, request.scheme(), request.authority());
        if (fields.trusted()) {
            removeAny(headers, IDENTITY);
            exchange.clientAddress(
                    ForwardedFor.extend(headers, peer.address(), trusted, fields.fields()));
        } else {
            removeAny(headers, FOREIGN);
            headers.addAll(fields.fields());
        }
        return Step.next();
    }

    private static void removeAny(Headers headers, Headers.FieldTest test) {
        for (int i = 0; i < headers.size(); i++) {
            if (test.test(headers, i)) {
                headers.removeIf(test);
                return;
            }
        }
    }

    private static boolean forwarding(Headers headers, int i) {
        HeaderName name = headers.known(i);
        return name != null
                ? (name.bit() & FORWARDING) != 0
                : headers.nameStartsWith(i, ForwardedFor.PREFIX);
    }

    private static boolean identity(Headers headers, int i) {
        return headers.nameStartsWith(i, AUTH) || headers.nameStartsWith(i, USER);
    }
}
