package io.sluice.testkit;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes the answer of the echoing origin.
final class EchoJson {
    private EchoJson() {}

    static String of(String name, OriginRequest request, OriginRequest.BodyDigest body) {
        List<String> members =
                List.of(
                        member("name", text(name)),
                        member("method", text(request.method())),
                        member("target", text(request.target())),
                        member("version", text(request.version())),
                        member("headers", headers(request.headers())),
                        member("bodySize", Long.toString(body.size())),
                        member("bodySha256", text(body.sha256())),
                        member("clientCertificate", text(request.clientCertificate())));
        return members.stream().collect(Collectors.joining(",", "{", "}"));
    }

    private static String headers(RawHeaders headers) {
        return headers.fields().stream()
                .map(field -> '[' + text(field.name()) + ',' + text(field.value()) + ']')
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String member(String name, String value) {
        return text(name) + ':' + value;
    }

    private static String text(@Nullable String value) {
        if (value == null) {
            return "null";
        }
        StringBuilder text = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                default -> {
                    if (c < 0x20) {
                        text.append(String.format("\\u%04x", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        return text.append('"').toString();
    }
}
