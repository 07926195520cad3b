package io.sluice.app.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The resource file of the start page with its `{{name}}` places, and the policy that fits it.
final class StartPageTemplate {
    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

    private static final String DEMO = " This is its built-in demo.";

    private final String text;
    private final String policy;

    private StartPageTemplate(String text) {
        this.text = text;
        this.policy =
                "default-src 'none'; connect-src 'self'; img-src data:; style-src '"
                        + digest(between(text, "<style>", "</style>"))
                        + "'; script-src '"
                        + digest(between(text, "<script>", "</script>"))
                        + "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    }

    static StartPageTemplate load() {
        try (InputStream in = StartPageTemplate.class.getResourceAsStream("/console/start.html")) {
            if (in == null) {
                throw new IllegalStateException("resource console/start.html is missing");
            }
            return new StartPageTemplate(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// Value of `Content-Security-Policy`: nothing but this page's own style and script.
    String policy() {
        return policy;
    }

    String render(GatewayStatus status, String tryPath) {
        Map<String, String> values =
                Map.ofEntries(
                        Map.entry("stage", escape(status.stage())),
                        Map.entry("version", escape(status.engine().version())),
                        Map.entry("transport", escape(status.engine().transport())),
                        Map.entry("loops", Integer.toString(status.engine().loops())),
                        Map.entry("connections", Integer.toString(status.connections())),
                        Map.entry("uptime", Math.round(status.uptimeSeconds()) + " s"),
                        Map.entry("tryPath", escape(tryPath)),
                        Map.entry("demo", status.instances().isEmpty() ? "" : DEMO),
                        Map.entry("bars", bars(status)),
                        Map.entry("links", links(status)),
                        Map.entry("routes", routes(status)));
        return PLACE.matcher(text).replaceAll(place -> valueOf(values, place.group(1)));
    }

    /// Quoted, since `$` and `\\` mean something in a replacement.
    private static String valueOf(Map<String, String> values, String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("start page: no value for " + name);
        }
        return Matcher.quoteReplacement(value);
    }

    private static String bars(GatewayStatus status) {
        long most =
                Math.max(
                        1,
                        status.instances().stream()
                                .mapToLong(GatewayStatus.InstanceLine::hits)
                                .max()
                                .orElse(1));
        return status.instances().stream()
                .map(instance ->
                        "<div class=\"bar\"><span>%s</span><svg><rect width=\"%d%%\" height=\"100%%\"/></svg><b>%d</b></div>"
                                .formatted(
                                        escape(instance.name()),
                                        100 * instance.hits() / most,
                                        instance.hits()))
                .collect(Collectors.joining());
    }

    private static String links(GatewayStatus status) {
        return status.pages().stream()
                .map(page -> "<li><a href=\"%1$s\">%1$s</a></li>".formatted(escape(page)))
                .collect(Collectors.joining());
    }

    private static String routes(GatewayStatus status) {
        return status.routes().stream()
                .map(route ->
                        "<tr><td>%s</td><td><code>%s</code></td><td>%s</td><td>%s</td></tr>"
                                .formatted(
                                        escape(route.id()),
                                        escape(route.path()),
                                        escape(route.methods()),
                                        escape(route.target())))
                .collect(Collectors.joining());
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String between(String text, String open, String close) {
        int from = text.indexOf(open) + open.length();
        return text.substring(from, text.indexOf(close, from));
    }

    private static String digest(String source) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(source.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }
}
