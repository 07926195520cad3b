package io.sluice.net.http1;

import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Protocol;
import org.jspecify.annotations.Nullable;

/// Takes out of a request's fields what the codec itself understands: Host, framing, and whether the client waits for
/// an interim answer. Keeps what the last head said; one per connection, loop thread only.
final class RequestFields implements FieldLines.FieldVisitor {
    private final Framing framing = new Framing();
    private int hosts;
    private @Nullable String host;
    private String lastHost = "";
    private boolean hostMalformed;
    private boolean expectContinue;

    void reset() {
        framing.reset();
        hosts = 0;
        host = null;
        hostMalformed = false;
        expectContinue = false;
    }

    @Override
    public boolean keep(
            byte[] block,
            int nameStart,
            int nameEnd,
            int valueStart,
            int valueEnd,
            @Nullable HeaderName name) {
        if (name == null) {
            return !hasUnderscore(block, nameStart, nameEnd);
        }
        if (name.equals(HeaderName.HOST)) {
            hosts++;
            host = host(block, valueStart, valueEnd);
            return false;
        }
        if (name.equals(HeaderName.CONTENT_LENGTH) || name.equals(HeaderName.TRANSFER_ENCODING)) {
            framing.field(name, block, valueStart, valueEnd);
            return false;
        }
        if (name.equals(HeaderName.CONNECTION)) {
            framing.field(name, block, valueStart, valueEnd);
        } else if (name.equals(HeaderName.EXPECT)) {
            expectContinue =
                    "100-continue".equalsIgnoreCase(RequestLine.text(block, valueStart, valueEnd));
        }
        return true;
    }

    /// A connection's requests nearly always name the same host, which is then neither checked nor made again.
    private String host(byte[] block, int start, int end) {
        String last = lastHost;
        if (spells(block, start, end, last)) {
            return last;
        }
        String named = RequestLine.text(block, start, end);
        if (Authority.valid(block, start, end)) {
            lastHost = named;
        } else {
            hostMalformed = true;
        }
        return named;
    }

    private static boolean spells(byte[] block, int start, int end, String text) {
        if (text.length() != end - start) {
            return false;
        }
        for (int i = start; i < end; i++) {
            if ((block[i] & 0xff) != text.charAt(i - start)) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean hasUnderscore(byte[] block, int start, int end) {
        for (int i = start; i < end; i++) {
            if (block[i] == '_') {
                return true;
            }
        }
        return false;
    }

    /// Why a head with these fields is refused, or null.
    @Nullable String problem(Protocol protocol) {
        String problem = framing.problem();
        if (problem != null) {
            return problem;
        }
        if (framing.chunked() && protocol == Protocol.HTTP_1_0) {
            return "Transfer-Encoding in HTTP/1.0";
        }
        if (hosts > 1) {
            return "More than one Host";
        }
        if (hostMalformed) {
            return "Malformed Host";
        }
        return hosts == 0 && protocol == Protocol.HTTP_1_1 ? "Missing Host" : null;
    }

    /// What Host says, empty when there is none.
    String host() {
        return host == null ? "" : host;
    }

    Framing framing() {
        return framing;
    }

    boolean expectsContinue() {
        return expectContinue;
    }
}
