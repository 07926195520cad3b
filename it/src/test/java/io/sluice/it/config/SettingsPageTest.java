package io.sluice.it.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.app.wiring.GatewayConfig;
import io.sluice.core.config.SettingsReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "settings.md");
    private static final String HEAD =
            """
            # All settings

            Made from the configuration records; do not edit. To make it anew:
            `mvn test -pl it -am -Dtest=SettingsPageTest -Dsurefire.failIfNoSpecifiedTests=false -Dsettings.write=true`

            Keys stand below the root key `gateway`. A plain number of a duration counts in the unit that `takes` names;
            `250ms`, `30s`, `10m`, `1h30m` are always understood, and `64KiB`, `10MiB` for sizes. In every
            value `${VAR}`, `${VAR:-default}` and `${file:path}` are replaced (`$${` for a literal `${`); that file
            is looked for beside the configuration, those that other keys name from the working directory.

            The environment goes over the file: `GATEWAY_FRONTEND_HTTP_PORT=8080` sets `gateway.frontend.http.port`
            (lists comma-separated; maps and lists of objects only in the file). `--set frontend.http.port=8080` goes
            over both. `sluice check` names every mistake with file and line.
            """;

    @Test
    void theGuideListsEveryKeyAsItIs() throws IOException {
        String page =
                HEAD + SettingsReference.of(GatewayConfig.ROOT, GatewayConfig.class).markdown();
        if (Boolean.getBoolean("settings.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE)
                .as("docs/settings.md is out of date; run this test with -Dsettings.write=true")
                .hasContent(page);
    }
}
