package io.sluice.net.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request method; case-sensitive (RFC 9110 9.1). Methods that are not constants are neither safe nor idempotent.
public final class Method {
    public static final Method GET = new Method("GET", true, true);
    public static final Method HEAD = new Method("HEAD", true, true);
    public static final Method POST = new Method("POST", false, false);
    public static final Method PUT = new Method("PUT", false, true);
    public static final Method PATCH = new Method("PATCH", false, false);
    public static final Method DELETE = new Method("DELETE", false, true);
    public static final Method OPTIONS = new Method("OPTIONS", true, true);
    public static final Method TRACE = new Method("TRACE", true, true);
    public static final Method CONNECT = new Method("CONNECT", false, false);

    /// Stands where a request was refused before its method was read.
    public static final Method UNREAD = new Method("-", false, false, false);

    private static final Map<String, Method> KNOWN =
            Map.of(
                    "GET", GET, "HEAD", HEAD, "POST", POST, "PUT", PUT, "PATCH", PATCH, "DELETE",
                    DELETE, "OPTIONS", OPTIONS, "TRACE", TRACE, "CONNECT", CONNECT);

    private final String name;
    private final boolean safe;
    private final boolean idempotent;
    private final boolean known;

    private Method(String name, boolean safe, boolean idempotent) {
        this(name, safe, idempotent, true);
    }

    private Method(String name, boolean safe, boolean idempotent, boolean known) {
        this.name = name;
        this.safe = safe;
        this.idempotent = idempotent;
        this.known = known;
    }

    /// The constant of this name, else a new method; the caller has checked that it is a token.
    public static Method of(String name) {
        Method known = KNOWN.get(name);
        return known != null ? known : new Method(name, false, false, false);
    }

    public String name() {
        return name;
    }

    /// Whether it is one of the constants, so that its name may be a metric label.
    public boolean known() {
        return known;
    }

    public boolean safe() {
        return safe;
    }

    /// Whether sending the request twice has the effect of sending it once, so that it may be retried.
    public boolean idempotent() {
        return idempotent;
    }

    /// Whether a request without a body says so, since one would be expected (RFC 9110 8.6).
    public boolean announcesNoBody() {
        return equals(POST) || equals(PUT) || equals(PATCH);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || !known && other instanceof Method method && name.equals(method.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
