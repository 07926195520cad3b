package io.sluice.edge.filter.trace;

import io.netty.util.NetUtil;
import io.sluice.net.http.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads and writes `Forwarded` (RFC 7239). Strict: a value that is not by its grammar is worth nothing as a whole.
final class ForwardedElements {
    private static final int MAX_ELEMENTS = 64;

    private final String text;
    private final List<Element> elements = new ArrayList<>();
    private int at;

    /// What one proxy said.
    ///
    /// @param node address without brackets and port, or what hides it; `unknown` when not said
    record Element(String node, @Nullable String proto, @Nullable String host) {}

    private ForwardedElements(String text) {
        this.text = text;
    }

    /// From the client's side to ours, or null when this is no such value.
    static @Nullable List<Element> parse(String text) {
        ForwardedElements reader = new ForwardedElements(text);
        return reader.read() ? List.copyOf(reader.elements) : null;
    }

    private boolean read() {
        do {
            Element element = element();
            if (element == null || elements.size() == MAX_ELEMENTS) {
                return false;
            }
            elements.add(element);
        } while (take(','));
        return at == text.length();
    }

    private @Nullable Element element() {
        String node = null;
        String proto = null;
        String host = null;
        do {
            skipBlanks();
            String name = token().toLowerCase(Locale.ROOT);
            String value = at < text.length() && text.charAt(at) == '=' ? value() : null;
            if (name.isEmpty() || value == null) {
                return null;
            }
            switch (name) {
                case "for" -> {
                    if (node != null) {
                        return null;
                    }
                    node = node(value);
                    if (node == null) {
                        return null;
                    }
                }
                case "proto" -> proto = value.toLowerCase(Locale.ROOT);
                case "host" -> host = value;
                default -> {
                    // `by` and extensions say nothing about the client.
                }
            }
            skipBlanks();
        } while (take(';'));
        return new Element(node == null ? "unknown" : node, proto, host);
    }

    private @Nullable String value() {
        at++;
        if (at < text.length() && text.charAt(at) == '"') {
            return quoted();
        }
        String plain = token();
        return plain.isEmpty() ? null : plain;
    }

    private @Nullable String quoted() {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return value.toString();
            }
            if (c == '\\' && ++at < text.length()) {
                c = text.charAt(at);
            }
            if (c < ' ' || c == 0x7f) {
                return null;
            }
            value.append(c);
        }
        return null;
    }

    private String token() {
        int start = at;
        while (at < text.length() && Tokens.isToken(text.substring(at, at + 1))) {
            at++;
        }
        return text.substring(start, at);
    }

    private boolean take(char wanted) {
        skipBlanks();
        if (at < text.length() && text.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private void skipBlanks() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    /// `192.0.2.7`, `192.0.2.7:80`, `[2001:db8::1]`, `[2001:db8::1]:80`, `unknown` and `_hidden`, the last two with or
    /// without a port (RFC 7239 6).
    private static @Nullable String node(String value) {
        int close = value.startsWith("[") ? value.indexOf(']') : -1;
        int colon = close >= 0 ? close + 1 : value.indexOf(':');
        boolean port = colon >= 0 && colon < value.length();
        if (port && !port(value.substring(colon))) {
            return null;
        }
        if (close >= 0) {
            String address = value.substring(1, close);
            return NetUtil.isValidIpV6Address(address) ? address : null;
        }
        String name = port ? value.substring(0, colon) : value;
        boolean hidden = name.equalsIgnoreCase("unknown") || name.startsWith("_");
        return NetUtil.isValidIpV4Address(name) || hidden && Tokens.isToken(name) ? name : null;
    }

    private static boolean port(String text) {
        if (text.length() < 2 || text.charAt(0) != ':') {
            return false;
        }
        boolean hidden = text.charAt(1) == '_';
        return hidden
                ? Tokens.isToken(text.substring(1))
                : text.length() <= 6 && text.chars().skip(1).allMatch(c -> c >= '0' && c <= '9');
    }

    /// One element of this hop, ready to be appended.
    static String write(String node, String scheme, String host) {
        return "for=" + written(node) + ";host=" + quotedUnlessToken(host) + ";proto=" + scheme;
    }

    /// An address or a name as a value of `for`.
    static String written(String node) {
        return node.indexOf(':') >= 0 ? "\"[" + node + "]\"" : quotedUnlessToken(node);
    }

    private static String quotedUnlessToken(String value) {
        return Tokens.isToken(value)
                ? value
                : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
