package io.sluice.it.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DefaultConfigurationIT {
    private static final Pattern INSTANCE = Pattern.compile("\"instance\":\"([^\"]+)\"");

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    @Test
    void requestsAlternateBetweenTwoInstances() {
        RunningGateway gateway = gateways.startDefault("loops=1");

        List<String> answered = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            HttpResponse<String> answer = gateway.get("/api/example/x?i=" + i);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("X-Request-ID")).isPresent();
            answered.add(instance(answer.body()));
        }

        assertThat(answered).containsOnly("demo-1", "demo-2");
        for (int i = 1; i < answered.size(); i++) {
            assertThat(answered.get(i)).isNotEqualTo(answered.get(i - 1));
        }
        assertThat(gateway.get("/api/example").statusCode()).isEqualTo(200);
    }

    @Test
    void theStartPageSaysWhatRunsAndIsOnlyAtItsPath() {
        RunningGateway gateway = gateways.startDefault();

        HttpResponse<String> page = gateway.get("/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
        assertThat(page.body())
                .contains("Sluice is running", "demo-1", "/api/example/*")
                .contains("<code>/rt</code>", "<code>/chat</code>", "<code>/events</code>");
        assertThat(gateway.get("/", "Accept", "application/json").body())
                .contains("\"stage\":\"ready\"", "\"instances\":[{");
        assertThat(gateway.get("/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void everyPageOfTheGatewayAnswers() {
        RunningGateway gateway = gateways.startDefault();

        assertThat(gateway.get("/health").body())
                .contains("\"ok\":true", "\"status\":\"healthy\"", "\"data\":{\"status\":\"ok\"}")
                .contains("\"connections\":1", "\"users\":0", "\"checks\":{}", "\"version\":\"");
        assertThat(gateway.get("/ready").body()).contains("\"ready\":true");
        assertThat(gateway.get("/live").body()).contains("\"status\":\"ok\"");
        assertThat(gateway.get("/metrics").body())
                .contains("gateway_connections_open 1.0", "process_open_fds ");
        assertThat(gateway.get("/metrics", "Accept", "application/json").body())
                .startsWith("{\"totalConnections\":1");
    }

    @Test
    void everyRequestIsLoggedAndCountedUnderItsRoute() {
        RunningGateway gateway = gateways.startDefault();

        HttpResponse<String> answer =
                gateway.get("/api/example/x?token=SECRET", "Authorization", "Bearer SECRET");

        String id = answer.headers().firstValue("X-Request-ID").orElseThrow();
        await().untilAsserted(
                        () -> assertThat(gateway.accessLog()).anyMatch(line -> line.contains(id)));
        assertThat(gateway.accessLog()).noneMatch(line -> line.contains("SECRET"));
        assertThat(gateway.get("/metrics").body())
                .contains(
                        "gateway_http_requests_total{method=\"GET\",path=\"example\",status=\"200\"} 1")
                .contains("gateway_backend_requests_total{instance=\"demo-1\"")
                .doesNotContain("SECRET");
    }

    private static String instance(String body) {
        Matcher matcher = INSTANCE.matcher(body);
        assertThat(matcher.find()).as(body).isTrue();
        return matcher.group(1);
    }
}
