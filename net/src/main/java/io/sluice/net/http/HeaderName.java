package io.sluice.net.http;

import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The name of a header field, compared without case (RFC 9110 5.1).
///
/// The names the gateway itself looks at are constants with an index below 64, so that [Headers] can answer "is it
/// there" from one bit and codecs can recognise them without building a string.
public final class HeaderName {
    private static final int TABLE_SIZE = 512;
    private static final @Nullable HeaderName[] TABLE = new HeaderName[TABLE_SIZE];
    private static final HeaderName[] KNOWN = new HeaderName[64];
    private static int knownCount;

    public static final HeaderName HOST = known("Host");
    public static final HeaderName CONTENT_LENGTH = known("Content-Length");
    public static final HeaderName CONTENT_TYPE = known("Content-Type");
    public static final HeaderName CONTENT_ENCODING = known("Content-Encoding");
    public static final HeaderName TRANSFER_ENCODING = known("Transfer-Encoding");
    public static final HeaderName CONNECTION = known("Connection");
    public static final HeaderName KEEP_ALIVE = known("Keep-Alive");
    public static final HeaderName PROXY_CONNECTION = known("Proxy-Connection");
    public static final HeaderName PROXY_AUTHENTICATE = known("Proxy-Authenticate");
    public static final HeaderName PROXY_AUTHORIZATION = known("Proxy-Authorization");
    public static final HeaderName TE = known("TE");
    public static final HeaderName TRAILER = known("Trailer");
    public static final HeaderName UPGRADE = known("Upgrade");
    public static final HeaderName HTTP2_SETTINGS = known("HTTP2-Settings");
    public static final HeaderName EXPECT = known("Expect");
    public static final HeaderName ACCEPT = known("Accept");
    public static final HeaderName AUTHORIZATION = known("Authorization");
    public static final HeaderName WWW_AUTHENTICATE = known("WWW-Authenticate");
    public static final HeaderName COOKIE = known("Cookie");
    public static final HeaderName SET_COOKIE = known("Set-Cookie");
    public static final HeaderName ORIGIN = known("Origin");
    public static final HeaderName VARY = known("Vary");
    public static final HeaderName ALLOW = known("Allow");
    public static final HeaderName DATE = known("Date");
    public static final HeaderName SERVER = known("Server");
    public static final HeaderName VIA = known("Via");
    public static final HeaderName LOCATION = known("Location");
    public static final HeaderName CACHE_CONTROL = known("Cache-Control");
    public static final HeaderName RETRY_AFTER = known("Retry-After");
    public static final HeaderName USER_AGENT = known("User-Agent");
    public static final HeaderName REFERER = known("Referer");
    public static final HeaderName FORWARDED = known("Forwarded");
    public static final HeaderName X_FORWARDED_FOR = known("X-Forwarded-For");
    public static final HeaderName X_FORWARDED_PROTO = known("X-Forwarded-Proto");
    public static final HeaderName X_FORWARDED_HOST = known("X-Forwarded-Host");
    public static final HeaderName X_FORWARDED_PORT = known("X-Forwarded-Port");
    public static final HeaderName X_REAL_IP = known("X-Real-IP");
    public static final HeaderName X_REQUEST_ID = known("X-Request-ID");
    public static final HeaderName TRACEPARENT = known("traceparent");
    public static final HeaderName TRACESTATE = known("tracestate");
    public static final HeaderName X_API_KEY = known("X-API-Key");
    public static final HeaderName X_SESSION_ID = known("X-Session-Id");
    public static final HeaderName X_AUTH_SUBJECT = known("X-Auth-Subject");
    public static final HeaderName X_AUTH_TYPE = known("X-Auth-Type");
    public static final HeaderName X_AUTH_PROVIDER = known("X-Auth-Provider");
    public static final HeaderName X_AUTH_SCOPES = known("X-Auth-Scopes");
    public static final HeaderName X_AUTH_CLAIMS = known("X-Auth-Claims");
    public static final HeaderName X_RATELIMIT_LIMIT = known("X-RateLimit-Limit");
    public static final HeaderName X_RATELIMIT_REMAINING = known("X-RateLimit-Remaining");
    public static final HeaderName X_RATELIMIT_RESET = known("X-RateLimit-Reset");
    public static final HeaderName ACCESS_CONTROL_REQUEST_METHOD =
            known("Access-Control-Request-Method");
    public static final HeaderName ACCESS_CONTROL_REQUEST_HEADERS =
            known("Access-Control-Request-Headers");
    public static final HeaderName ACCESS_CONTROL_ALLOW_ORIGIN =
            known("Access-Control-Allow-Origin");
    public static final HeaderName ACCESS_CONTROL_ALLOW_METHODS =
            known("Access-Control-Allow-Methods");
    public static final HeaderName ACCESS_CONTROL_ALLOW_HEADERS =
            known("Access-Control-Allow-Headers");
    public static final HeaderName ACCESS_CONTROL_ALLOW_CREDENTIALS =
            known("Access-Control-Allow-Credentials");
    public static final HeaderName ACCESS_CONTROL_EXPOSE_HEADERS =
            known("Access-Control-Expose-Headers");
    public static final HeaderName ACCESS_CONTROL_MAX_AGE = known("Access-Control-Max-Age");

    private final String text;
    private final AsciiString lower;
    private final byte[] prefix;
    private final int index;

    private HeaderName(String text, int index) {
        this.text = text;
        this.lower = AsciiString.cached(text.toLowerCase(Locale.ROOT));
        this.prefix = (text + ": ").getBytes(StandardCharsets.US_ASCII);
        this.index = index;
    }

    private static HeaderName known(String text) {
        HeaderName name = new HeaderName(text, knownCount);
        KNOWN[knownCount++] = name;
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        int slot = hash(bytes, 0, bytes.length) & (TABLE_SIZE - 1);
        while (TABLE[slot] != null) {
            slot = (slot + 1) & (TABLE_SIZE - 1);
        }
        TABLE[slot] = name;
        return name;
    }

    /// The constant of this name if there is one, else a new name. For configuration and constants, not per request.
    ///
    /// @throws IllegalArgumentException when the text is not a token
    public static HeaderName of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (!Tokens.isToken(text)) {
            throw new IllegalArgumentException(
                    "header name: '" + text + "', expected an HTTP token");
        }
        HeaderName known = find(bytes, 0, bytes.length, hash(bytes, 0, bytes.length));
        return known != null ? known : new HeaderName(text, -1);
    }

    /// Case-folding hash of a name, as [#find] takes it; a codec may compute it while it checks the bytes.
    public static int hash(byte[] bytes, int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = nextHash(hash, bytes[i]);
        }
        return hash;
    }

    /// One step of [#hash].
    public static int nextHash(int hash, byte b) {
        return hash * 31 + (b | 0x20);
    }

    /// The constant that these bytes spell in any case, or null.
    public static @Nullable HeaderName find(byte[] bytes, int start, int end, int hash) {
        int slot = hash & (TABLE_SIZE - 1);
        HeaderName candidate = TABLE[slot];
        while (candidate != null) {
            if (candidate.matches(bytes, start, end)) {
                return candidate;
            }
            slot = (slot + 1) & (TABLE_SIZE - 1);
            candidate = TABLE[slot];
        }
        return null;
    }

    static HeaderName known(int index) {
        return KNOWN[index];
    }

    /// Whether these bytes spell this name in any case.
    public boolean matches(byte[] bytes, int start, int end) {
        byte[] own = lower.array();
        if (own.length != end - start) {
            return false;
        }
        for (int i = 0; i < own.length; i++) {
            byte b = bytes[start + i];
            if (own[i] != (b >= 'A' && b <= 'Z' ? b + 32 : b)) {
                return false;
            }
        }
        return true;
    }

    /// `Name: ` as it stands in front of a value. Not to be changed.
    byte[] prefix() {
        return prefix;
    }

    /// 0–63 for the constants, -1 for all others.
    public int index() {
        return index;
    }

    /// Its place in a set of known fields, such as [Headers#containsAny] takes. Known names only.
    public long bit() {
        return 1L << index;
    }

    /// As written in HTTP/1.1.
    public String text() {
        return text;
    }

    /// As written in HTTP/2.
    public AsciiString lower() {
        return lower;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || index < 0
                        && other instanceof HeaderName name
                        && name.index < 0
                        && lower.equals(name.lower);
    }

    @Override
    public int hashCode() {
        return lower.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
