package io.sluice.it.rt;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.RawWebSocket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Inflater;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What the original does in the corners, as it was seen.
class RtQuirksIT {
    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    @SuppressWarnings("NullAway.Init") // set before each test
    private RunningGateway gateway;

    @BeforeEach
    void start() {
        gateway = gateways.start(Preset.rt());
    }

    @Test
    void anEmptyGroupIsEverybody() {
        try (RtClient a = RtClient.in(gateway, "g1");
                RtClient b = RtClient.in(gateway, "g2")) {
            String text = "{\"type\":\"data_update\",\"ts\":1,\"groupId\":\"\",\"payload\":1}";
            a.send(text);
            assertThat(a.next()).isEqualTo(text);
            assertThat(b.next()).isEqualTo(text);
        }
    }

    @Test
    void nullsAreFilledInInTheirPlace() {
        try (RtClient a = RtClient.in(gateway, "g1")) {
            a.send("{\"groupId\":null,\"ts\":null,\"type\":\"data_update\",\"n\":null}");
            assertThat(a.next())
                    .isEqualTo(
                            "{\"groupId\":\"g1\",\"ts\":«now»,\"type\":\"data_update\",\"n\":null}");
            a.send("{\"type\":\"data_update\",\"ts\":0}");
            assertThat(a.next())
                    .isEqualTo("{\"type\":\"data_update\",\"ts\":0,\"groupId\":\"g1\"}");
            a.send("{\"type\":\"data_update\"}");
            assertThat(a.next())
                    .isEqualTo("{\"type\":\"data_update\",\"groupId\":\"g1\",\"ts\":«now»}");
        }
        try (RtClient loner = RtClient.ready(gateway)) {
            loner.send("{\"groupId\":null,\"type\":\"data_update\",\"ts\":1}");
            assertThat(loner.next()).isEqualTo("{\"type\":\"data_update\",\"ts\":1}");
        }
    }

    @Test
    void aNumberIsAGroupOfItsOwn() {
        try (RtClient number = RtClient.ready(gateway);
                RtClient text = RtClient.in(gateway, "123")) {
            number.send("{\"type\":\"identify\",\"payload\":{\"groupId\":123}}");
            assertThat(number.next())
                    .isEqualTo(
                            "{\"type\":\"presence_update\",\"ts\":«now»,\"groupId\":123,"
                                    + "\"payload\":{\"groupId\":123,\"info\":{\"status\":\"UP\",\"details\":{}}}}");
            assertThat(number.next()).contains("\"groupId\":123,");
            number.send("{\"type\":\"data_update\",\"ts\":1}");
            assertThat(number.next())
                    .isEqualTo("{\"type\":\"data_update\",\"ts\":1,\"groupId\":123}");
            text.hearsNothing();
        }
    }

    @Test
    void everythingPassesThroughJavaScript() {
        try (RtClient a = RtClient.ready(gateway)) {
            a.send(
                    "{\"b\":12345678901234567890,\"2\":1.0,\"1\":\"\\u00e9\\ud83d\",\"b\":-0,"
                            + "\"type\":\"data_update\",\"ts\":1}");
            assertThat(a.next())
                    .isEqualTo(
                            "{\"1\":\"é\\ud83d\",\"2\":1,\"b\":0,\"type\":\"data_update\",\"ts\":1}");
            a.send("{\"type\":\"data_update\",\"ts\":1,\"n\":12345678901234567890}");
            assertThat(a.next())
                    .isEqualTo("{\"type\":\"data_update\",\"ts\":1,\"n\":12345678901234567000}");
        }
    }

    @Test
    void binaryIsText() {
        try (RtClient a = RtClient.ready(gateway)) {
            String text = "{\"type\":\"data_update\",\"ts\":1,\"é\":1}";
            a.socket().binary(text.getBytes(StandardCharsets.UTF_8));
            assertThat(a.next()).isEqualTo(text);
            a.socket().binary(new byte[] {(byte) 0xff, 0});
            assertThat(a.next()).contains("BAD_JSON");
        }
    }

    @Test
    void piecesArePutTogether() {
        try (RtClient a = RtClient.ready(gateway)) {
            a.socket().send(RawWebSocket.frame(RawWebSocket.TEXT, "{\"type\":\"data_"));
            a.socket().send(RawWebSocket.frame(RawWebSocket.CONTINUATION, "update\","));
            a.socket()
                    .send(
                            RawWebSocket.frame(
                                    RawWebSocket.FIN | RawWebSocket.CONTINUATION, "\"ts\":1}"));
            assertThat(a.next()).isEqualTo("{\"type\":\"data_update\",\"ts\":1}");
        }
    }

    @Test
    void anIdentifyWithoutGroupKeepsTheGroup() {
        try (RtClient a = RtClient.in(gateway, "g1")) {
            a.send("{\"type\":\"identify\",\"payload\":{\"clientType\":\"x\",\"groupId\":\"\"}}");
            assertThat(a.next())
                    .contains("presence_update", "\"groupId\":\"g1\"", "{\"role\":\"x\"}");
            assertThat(a.next()).contains("ready", "\"groupId\":\"g1\"");
            a.send("{\"type\":\"identify\",\"payload\":\"x\"}");
            assertThat(a.next()).contains("presence_update", "\"details\":{}");
            assertThat(a.type()).isEqualTo("ready");
        }
    }

    @Test
    void whoMovesLeavesTheOldGroupSilently() {
        try (RtClient a = RtClient.in(gateway, "g1");
                RtClient b = RtClient.in(gateway, "g1")) {
            assertThat(a.type()).isEqualTo("presence_update");
            b.identify("app-client", "g2");
            assertThat(b.next()).contains("presence_update", "\"groupId\":\"g2\"");
            assertThat(b.next()).contains("ready", "\"groupId\":\"g2\"");
            a.hearsNothing();
            a.send("{\"type\":\"data_update\",\"ts\":1}");
            assertThat(a.type()).isEqualTo("data_update");
            b.hearsNothing();
        }
    }

    @Test
    void whoIdentifiesWithoutGroupIsOnlyGreeted() {
        try (RtClient a = RtClient.ready(gateway)) {
            a.send("{\"type\":\"identify\",\"payload\":{\"clientType\":\"app-client\"}}");
            assertThat(a.next()).isEqualTo(RtClient.READY);
            a.hearsNothing();
        }
    }

    @Test
    void groupsWithAMarkAreGroupsLikeOthers() {
        try (RtClient a = RtClient.in(gateway, "#everybody");
                RtClient b = RtClient.in(gateway, "#123");
                RtClient c = RtClient.in(gateway, "##123")) {
            a.send("{\"type\":\"data_update\",\"ts\":1}");
            assertThat(a.next())
                    .isEqualTo("{\"type\":\"data_update\",\"ts\":1,\"groupId\":\"#everybody\"}");
            b.send("{\"type\":\"data_update\",\"ts\":1}");
            assertThat(b.type()).isEqualTo("data_update");
            c.hearsNothing();
        }
    }

    @Test
    void whoTakesCompressedFramesGetsThemAndOthersDoNot() throws Exception {
        RunningGateway compressing =
                gateways.start(Preset.rt(), "realtime.websocket.compression.enabled=true");
        String data = "x".repeat(2_000);
        try (RawWebSocket small =
                        RawWebSocket.open(
                                compressing.port(),
                                "/rt",
                                "Sec-WebSocket-Extensions: permessage-deflate");
                RtClient plain = RtClient.ready(compressing)) {
            assertThat(small.readText()).startsWith("{\"type\":\"ready\"");
            String update = "{\"type\":\"data_update\",\"ts\":1,\"payload\":\"" + data + "\"}";
            plain.send(update);
            assertThat(plain.next()).isEqualTo(update);
            RawWebSocket.Frame frame = small.read();
            assertThat(frame.first())
                    .isEqualTo(RawWebSocket.FIN | RawWebSocket.RSV1 | RawWebSocket.TEXT);
            assertThat(frame.payload()).hasSizeLessThan(200);
            byte[] tailed = Arrays.copyOf(frame.payload(), frame.payload().length + 4);
            tailed[tailed.length - 2] = (byte) 0xff;
            tailed[tailed.length - 1] = (byte) 0xff;
            Inflater inflater = new Inflater(true);
            inflater.setInput(tailed);
            byte[] text = new byte[4_000];
            int length = inflater.inflate(text);
            inflater.end();
            assertThat(new String(text, 0, length, StandardCharsets.UTF_8)).isEqualTo(update);
        }
    }
}
