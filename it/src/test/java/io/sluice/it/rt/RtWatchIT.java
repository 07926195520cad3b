package io.sluice.it.rt;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Dashboards hear of the presence of all groups, and so of its end.
class RtWatchIT {
    private static final String CHANGE =
            "{\"type\":\"presence_update\",\"ts\":«now»,\"groupId\":\"%s\",\"payload\":{\"groupId\":\"%1$s\","
                    + "\"info\":{\"status\":\"%s\",\"details\":{\"role\":\"app-client\"}}}}";

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    @Test
    void aDashboardWithoutGroupHearsOfAllGroups() {
        RunningGateway gateway = gateways.start(Preset.rt());
        try (RtClient dashboard = RtClient.ready(gateway)) {
            dashboard.send("{\"type\":\"identify\",\"payload\":{\"clientType\":\"dashboard\"}}");
            assertThat(dashboard.next()).isEqualTo(RtClient.READY);
            RtClient a = RtClient.in(gateway, "g1");
            assertThat(dashboard.next()).isEqualTo(CHANGE.formatted("g1", "UP"));
            RtClient b = RtClient.in(gateway, "g1");
            assertThat(dashboard.next()).isEqualTo(CHANGE.formatted("g1", "UP"));
            a.identify("app-client", "g3");
            assertThat(dashboard.next()).isEqualTo(CHANGE.formatted("g3", "UP"));
            b.identify("app-client", "g2");
            assertThat(dashboard.next()).isEqualTo(CHANGE.formatted("g1", "DOWN"));
            assertThat(dashboard.next()).isEqualTo(CHANGE.formatted("g2", "UP"));
            b.close();
            assertThat(dashboard.next()).isEqualTo(CHANGE.formatted("g2", "DOWN"));
            a.close();
            assertThat(dashboard.next()).isEqualTo(CHANGE.formatted("g3", "DOWN"));
            dashboard.hearsNothing();
        }
    }

    @Test
    void aMemberThatWatchesHearsEverythingOnce() {
        RunningGateway gateway = gateways.start(Preset.rt());
        try (RtClient member = RtClient.ready(gateway)) {
            member.send(
                    "{\"type\":\"identify\",\"payload\":{\"clientType\":\"app-client\",\"groupId\":\"g1\",\"watch\":true}}");
            assertThat(member.next()).isEqualTo(CHANGE.formatted("g1", "UP"));
            assertThat(member.type()).isEqualTo("ready");
            try (RtClient other = RtClient.in(gateway, "g2")) {
                assertThat(member.next()).isEqualTo(CHANGE.formatted("g2", "UP"));
                other.send("{\"type\":\"data_update\",\"ts\":1}");
                assertThat(other.type()).isEqualTo("data_update");
                member.hearsNothing();
            }
            assertThat(member.next()).isEqualTo(CHANGE.formatted("g2", "DOWN"));
        }
    }

    @Test
    void aDashboardInAGroupHearsOfItsGroupOnly() {
        RunningGateway gateway = gateways.start(Preset.rt());
        try (RtClient dashboard = RtClient.ready(gateway)) {
            dashboard.identify("dashboard", "g1");
            assertThat(dashboard.type()).isEqualTo("presence_update");
            assertThat(dashboard.type()).isEqualTo("ready");
            RtClient.in(gateway, "g2").close();
            dashboard.hearsNothing();
        }
    }
}
