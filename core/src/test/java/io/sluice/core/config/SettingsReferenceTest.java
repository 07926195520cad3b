package io.sluice.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SettingsReferenceTest {
    private final SettingsReference reference = SettingsReference.of("gateway", Sample.class);

    @Test
    void everyKeyStandsThereWithWhatItTakes() {
        assertThat(reference.settings())
                .extracting(Setting::path)
                .contains(
                        "gateway.server.host",
                        "gateway.rules[].path",
                        "gateway.rules[].static",
                        "gateway.rules[].rateLimit.burst",
                        "gateway.clients.<name>.scopes",
                        "gateway.ratio");
        assertThat(reference.unsupported()).containsKeys("gateway.redis", "gateway.server.nagle");
    }

    @Test
    void theGuideHasATableForEachSection() {
        assertThat(reference.markdown())
                .contains("\n## `gateway.server`\n")
                .contains("| `gateway.server.port` | int from 1 to 65535 | `8080` | Port. |\n")
                .contains("| `gateway.rules[].path` | text | `required` | Pattern. |\n")
                .contains("Way. Also: `lb`.")
                .contains("| `gateway.redis` | there is no shared store yet |");
    }
}
