package io.sluice.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.app.Page;
import io.sluice.app.console.GatewayStatus.Engine;
import io.sluice.app.console.GatewayStatus.InstanceLine;
import io.sluice.app.console.GatewayStatus.RouteLine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class StartPageTest {
    private static final GatewayStatus STATUS =
            new GatewayStatus(
                    "ready",
                    12.4,
                    3,
                    new Engine("1.0", "epoll", 2),
                    List.of(new RouteLine("<b>$1</b>", "/api/example/*", "any", "demo")),
                    List.of(new InstanceLine("demo-1", 30), new InstanceLine("demo-2", 15)),
                    List.of("/health"));

    private final StartPage page = new StartPage(() -> STATUS, "/api/example/hello");

    @Test
    void readsWithoutAScript() {
        Page html = Page.get(page, "/", Map.of("Accept", "text/html,*/*"));

        assertThat(html.status()).isEqualTo(200);
        assertThat(html.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(html.text())
                .contains("<dd id=\"transport\">epoll</dd>")
                .contains("<span>demo-1</span><svg><rect width=\"100%\"")
                .contains("<span>demo-2</span><svg><rect width=\"50%\"")
                .contains("<code>/api/example/*</code>")
                .contains("<a href=\"/health\">/health</a>")
                .contains("action=\"/api/example/hello\"")
                .doesNotContain("{{");
    }

    @Test
    void saysThatItIsADemoOnlyWhereThereIsOne() {
        assertThat(Page.get(page, "/", Map.of()).text()).contains("This is its built-in demo.");
        GatewayStatus own =
                new GatewayStatus(
                        "ready",
                        1,
                        1,
                        new Engine("1.0", "epoll", 2),
                        List.of(),
                        List.of(),
                        List.of());

        assertThat(Page.get(new StartPage(() -> own, "/orders/hello"), "/", Map.of()).text())
                .doesNotContain("demo.</p>")
                .contains("<div id=\"bars\"></div>")
                .contains("action=\"/orders/hello\"");
    }

    @Test
    void escapesWhatComesFromTheConfiguration() {
        assertThat(Page.get(page, "/", Map.of()).text())
                .contains("&lt;b&gt;$1&lt;/b&gt;")
                .doesNotContain("<b>$1");
    }

    @Test
    void thePolicyAllowsExactlyItsOwnScriptAndStyle() throws Exception {
        Page html = Page.get(page, "/", Map.of());

        assertThat(html.header("Content-Security-Policy"))
                .startsWith("default-src 'none'")
                .contains("script-src '" + digest(html.text(), "script") + "'")
                .contains("style-src '" + digest(html.text(), "style") + "'")
                .doesNotContain("unsafe");
        assertThat(html.text())
                .doesNotContainPattern("(?i)<[^>]+ (style|onclick|onload)=")
                .doesNotContainPattern("(src|href)=\"https?:");
        assertThat(html.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void givesTheSameFactsAsJson() {
        Page json = Page.get(page, "/", Map.of("Accept", "application/json"));

        assertThat(json.json())
                .containsEntry("stage", "ready")
                .containsEntry("transport", "epoll")
                .containsEntry("connections", 3)
                .containsEntry(
                        "instances",
                        List.of(
                                Map.of("name", "demo-1", "hits", 30),
                                Map.of("name", "demo-2", "hits", 15)));
    }

    private static String digest(String html, String element) throws Exception {
        Matcher body =
                Pattern.compile("<" + element + ">(.*?)</" + element + ">", Pattern.DOTALL)
                        .matcher(html);
        assertThat(body.find()).isTrue();
        byte[] hash =
                MessageDigest.getInstance("SHA-256")
                        .digest(body.group(1).getBytes(StandardCharsets.UTF_8));
        return "sha256-" + Base64.getEncoder().encodeToString(hash);
    }
}
