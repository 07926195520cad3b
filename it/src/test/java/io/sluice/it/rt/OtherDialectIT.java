package io.sluice.it.rt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.RawWebSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Dialects beside each other on one hub: one that another jar brings, and a channel that it shares with rt.
class OtherDialectIT {
    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    @Test
    void membersOfOneChannelHearEachOtherInTheirOwnWords() {
        RunningGateway gateway =
                gateways.start(
                        """
                        gateway:
                          realtime:
                            rt: {enabled: true}
                            dialects:
                              hall: {path: /hall, settings: {room: big}}
                            channels:
                              lobby: {rt: g1, hall: big}
                        """);
        try (RtClient rt = RtClient.in(gateway, "g1");
                RawWebSocket hall = RawWebSocket.open(gateway.port(), "/hall")) {
            hall.text("{\"n\":1}");
            assertThat(hall.readText()).isEqualTo("{\"n\":1}");
            assertThat(rt.next())
                    .isEqualTo(
                            "{\"type\":\"data_update\",\"ts\":«now»,\"payload\":{\"data\":{\"n\":1}},\"groupId\":\"g1\"}");
            rt.send("{\"type\":\"data_update\",\"payload\":{\"data\":2}}");
            assertThat(rt.type()).isEqualTo("data_update");
            assertThat(hall.readText()).contains("\"payload\":{\"data\":2}");
        }
    }

    @Test
    void aDialectThatNobodyBringsStopsTheStart() {
        assertThatThrownBy(() ->
                        gateways.start("gateway: {realtime: {dialects: {none: {path: /none}}}}"))
                .hasMessageContaining("no jar brings a dialect called 'none'");
    }
}
