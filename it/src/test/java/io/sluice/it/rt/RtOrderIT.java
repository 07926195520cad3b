package io.sluice.it.rt;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Members hear what one client causes in the order in which it caused it, whichever loops they are on.
class RtOrderIT {
    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    @Test
    void aNewcomerIsAnnouncedBeforeWhatItSays() {
        RunningGateway gateway = gateways.start(Preset.rt(), "loops=2");
        for (int i = 0; i < 200; i++) {
            try (RtClient b = RtClient.in(gateway, "g" + i);
                    RtClient a = RtClient.in(gateway, "g" + i)) {
                a.send("{\"type\":\"data_update\"}");
                assertThat(b.type()).isEqualTo("presence_update");
                assertThat(b.type()).isEqualTo("data_update");
            }
        }
    }
}
