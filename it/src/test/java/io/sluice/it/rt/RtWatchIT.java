package io.sluice.it.rt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Dashboards hear of the presence of all groups, and so of its end.
class RtWatchIT {
    private static final String CHANGE =
            "{\"type\":\"presence_update\",\"ts\":«now»,\"groupId\":\"%s\",\"payload\":{\"groupId\":\"%1$s\","
                    + "\"info\":{\"status\":\"%s\",\"details\":{\"role\":\"app-client\"}}}}";

    /// So many that what is told of them is more than may wait for a client.
    private static final int GROUPS = 100;

    private static final String WATCH =
            "{\"type\":\"identify\",\"payload\":{\"clientType\":\"dashboard\"}}";

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
    void aDashboardThatBeginsToWatchIsToldOfGroupsThatAreUp() {
        RunningGateway gateway = gateways.start(Preset.rt());
        RtClient a = RtClient.in(gateway, "g1");
        try (RtClient gone = RtClient.in(gateway, "g2");
                RtClient dashboard = RtClient.ready(gateway)) {
            try (RtClient before = RtClient.ready(gateway)) {
                before.send(WATCH);
                before.passUntil("\"type\":\"ready\"");
                gone.identify("app-client", "g3");
                before.passUntil("g3");
            }
            dashboard.send(WATCH);
            assertThat(List.of(dashboard.next(), dashboard.next()))
                    .containsExactlyInAnyOrder(
                            CHANGE.formatted("g1", "UP"), CHANGE.formatted("g3", "UP"));
            assertThat(dashboard.next()).isEqualTo(RtClient.READY);
            dashboard.send(WATCH);
            assertThat(dashboard.next()).as("told once").isEqualTo(RtClient.READY);
            a.close();
            assertThat(dashboard.next()).isEqualTo(CHANGE.formatted("g1", "DOWN"));
        }
    }

    @Test
    void moreGroupsThanFitAtOnceAreAllTold() {
        RunningGateway gateway =
                gateways.start(
                        Preset.rt(),
                        "realtime.limits.framesPerSecond=0",
                        // Members say nothing for as long as all of them take to come.
                        "realtime.rt.heartbeatTimeout=5m",
                        "realtime.websocket.pingInterval=0",
                        "realtime.outbox.queueBytes=192KiB");
        String metadata = "x".repeat(3_000);
        List<RtClient> members = new ArrayList<>();
        try (RtClient dashboard = RtClient.ready(gateway)) {
            for (int i = 0; i < GROUPS; i++) {
                RtClient member = RtClient.ready(gateway);
                members.add(member);
                member.send(
                        "{\"type\":\"identify\",\"payload\":{\"clientType\":\"a\",\"groupId\":\"n"
                                + i
                                + "\",\"metadata\":\""
                                + metadata
                                + "\"}}");
                member.passUntil("\"type\":\"ready\"");
            }
            dashboard.send(WATCH);
            Set<String> told = new HashSet<>();
            for (int i = 0; i < GROUPS; i++) {
                String frame = dashboard.next();
                assertThat(frame).contains("\"status\":\"UP\"", metadata);
                told.add(
                        frame.substring(
                                frame.indexOf("\"groupId\""), frame.indexOf(",\"payload\"")));
            }
            assertThat(told).hasSize(GROUPS);
            assertThat(dashboard.type()).isEqualTo("ready");
        } finally {
            members.forEach(RtClient::close);
        }
    }

    @Test
    void sessionsThatWereDescribedAreListedUntilTheyAreForgotten() {
        RunningGateway gateway =
                gateways.start(
                        Preset.rt(),
                        "realtime.rt.orphanSessionTtl=1s",
                        "realtime.api.enabled=true",
                        "realtime.api.keys.admin=a-key-for-tests");
        try (RtClient member = RtClient.in(gateway, "g1")) {
            member.send(
                    "{\"type\":\"data_update\",\"ts\":1,\"sessionId\":\"s-1\",\"payload\":{\"data\":1,\"meta\":{\"label\":\"board\"}}}");
            assertThat(member.type()).isEqualTo("data_update");
            assertThat(listed(gateway))
                    .contains(
                            "\"sessions\":[{\"id\":\"s-1\",\"meta\":{\"label\":\"board\"},\"createdAt\":");
        }
        await().until(() -> listed(gateway).contains("\"sessions\":[]"));
    }

    private static String listed(RunningGateway gateway) {
        return gateway.get("/presence?channel=rt:g1", "X-API-Key", "a-key-for-tests").body();
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
