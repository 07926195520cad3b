package io.sluice.it.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.OriginServer;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawHeaders;
import io.sluice.testkit.RawHttp2;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a service sees of the trace of a request, over HTTP/1.1 on both sides, and over HTTP/2 on both with a second
/// gateway in between, which continues what the first began.
class TraceIT {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String CALLER = "b7ad6b7169203331";

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private final OriginServer origin = OriginServer.start("one");

    @AfterEach
    void close() {
        origin.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1", "HTTP/2"})
    void aTraceOfTheClientIsContinuedUnderASpanOfOurs(String version) throws Exception {
        RunningGateway gateway = start(version);

        ask(
                gateway,
                version,
                "traceparent: 00-" + TRACE + "-" + CALLER + "-01",
                "tracestate: congo=t61rcWkgMzE,rojo=00f067aa0ba902b7");

        RawHeaders told = told();
        assertThat(told.all("traceparent"))
                .singleElement()
                .asString()
                .matches("00-" + TRACE + "-[0-9a-f]{16}-01")
                .doesNotContain(CALLER);
        assertThat(told.all("tracestate"))
                .containsExactly("congo=t61rcWkgMzE,rojo=00f067aa0ba902b7");
        await().untilAsserted(() ->
                assertThat(gateway.accessLog())
                        .singleElement()
                        .asString()
                        .contains("\"traceId\":\"" + TRACE + '"'));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1", "HTTP/2"})
    void withoutATraceOfTheClientOneIsStarted(String version) throws Exception {
        RunningGateway gateway = start(version);

        ask(gateway, version, "tracestate: stray=1");

        RawHeaders told = told();
        String parent = String.valueOf(told.first("traceparent"));
        assertThat(parent).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
        assertThat(told.has("tracestate")).isFalse();
        await().untilAsserted(() ->
                assertThat(gateway.accessLog())
                        .singleElement()
                        .asString()
                        .contains("\"traceId\":\"" + parent.substring(3, 35) + '"'));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "rubbish"
            })
    void aTraceThatIsNoneIsReplaced(String parent) throws Exception {
        ask(start("HTTP/1.1"), "HTTP/1.1", "traceparent: " + parent);

        assertThat(told().all("traceparent"))
                .singleElement()
                .asString()
                .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01")
                .doesNotContainIgnoringCase(TRACE);
    }

    private RawHeaders told() {
        return origin.seen().getFirst().headers();
    }

    private RunningGateway start(String version) {
        RunningGateway back = gateways.start(GatewayText.of(origin).text());
        if (version.equals("HTTP/1.1")) {
            return back;
        }
        return gateways.start(
                GatewayText.empty()
                        .service(
                                "s",
                                "",
                                GatewayText.instance("back", back.port(), "protocol: http2"))
                        .text());
    }

    private static void ask(RunningGateway gateway, String version, String... fields)
            throws Exception {
        if (version.equals("HTTP/1.1")) {
            try (RawClient client = RawClient.connect(gateway.port())) {
                assertThat(client.request("GET /x HTTP/1.1", fields).response().status())
                        .isEqualTo(200);
            }
            return;
        }
        List<String> parts = new ArrayList<>();
        for (String field : fields) {
            parts.addAll(List.of(field.split(": ", 2)));
        }
        try (RawHttp2 client = new RawHttp2(gateway.port())) {
            client.settings().headers(1, RawHttp2.get("/x", parts.toArray(String[]::new))).send();
            assertThat(client.decode(client.await(RawHttp2.HEADERS)))
                    .containsEntry(":status", "200");
        }
    }
}
