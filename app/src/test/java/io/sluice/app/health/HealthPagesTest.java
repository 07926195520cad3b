package io.sluice.app.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.app.Page;
import io.sluice.app.health.CheckResult.Status;
import io.sluice.core.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HealthPagesTest {
    private final Readiness readiness = new Readiness();
    private Map<String, CheckResult> checks = Map.of();

    private final HealthPages pages =
            new HealthPages(
                    new HealthPages.Sources(
                            "1.2.3",
                            "edge-7",
                            readiness,
                            () -> checks,
                            () -> 42,
                            () -> 35,
                            Ticker.system()));

    private Page health() {
        return Page.get(pages.health(), "/health", Map.of());
    }

    @Test
    void oneHealthBodyServesEveryReader() {
        readiness.ready();

        Page page = health();

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        assertThat(page.json())
                .containsEntry("ok", true)
                .containsEntry("status", "healthy")
                .containsEntry("data", Map.of("status", "ok"))
                .containsEntry("connections", 42)
                .containsEntry("users", 35)
                .containsEntry("version", "1.2.3")
                .containsEntry("service_id", "edge-7")
                .containsEntry("checks", Map.of());
        assertThat(Instant.parse((String) page.json().get("timestamp")))
                .isBetween(Instant.now().minusSeconds(60), Instant.now());
    }

    @Test
    void aFailingCheckTurnsHealthInto503ButLeavesReadyAlone() {
        readiness.ready();
        checks =
                Map.of(
                        "db",
                        new CheckResult(Status.UNHEALTHY, "cannot connect", Duration.ofNanos(7)));

        Page page = health();

        assertThat(page.status()).isEqualTo(503);
        assertThat(page.json())
                .containsEntry("ok", false)
                .containsEntry("status", "unhealthy")
                .containsEntry(
                        "checks",
                        Map.of(
                                "db",
                                Map.of(
                                        "status", "unhealthy",
                                        "error", "cannot connect",
                                        "duration", 7)));
        assertThat(Page.get(pages.ready(), "/ready", Map.of()).status()).isEqualTo(200);
    }

    @Test
    void whatIsDegradedIsSaidAndDoesNotFailThePage() {
        readiness.ready();
        checks = Map.of("bus", new CheckResult(Status.DEGRADED, "redis: gone", Duration.ZERO));

        Page page = health();

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.json()).containsEntry("ok", true).containsEntry("status", "degraded");
    }

    @Test
    void checksThatHaveNotRunDoNotFailThePage() {
        readiness.ready();
        checks =
                Map.of(
                        "slow", CheckResult.of(Status.UNKNOWN),
                        "odd", CheckResult.of(Status.UNSUPPORTED));

        assertThat(health().status()).isEqualTo(200);
    }

    @Test
    void readyFollowsTheStagesAndLiveDoesNot() {
        assertThat(Page.get(pages.ready(), "/ready", Map.of()).status()).isEqualTo(503);
        readiness.ready();
        assertThat(Page.get(pages.ready(), "/ready", Map.of()).json())
                .containsEntry("ready", true)
                .containsKey("timestamp");
        readiness.draining();
        readiness.ready();
        Page page = Page.get(pages.ready(), "/ready", Map.of());
        assertThat(page.status()).isEqualTo(503);
        assertThat(page.json()).containsEntry("ready", false);
        assertThat(health().json()).containsEntry("status", "draining");
        Page live = Page.get(pages.live(), "/live", Map.of());
        assertThat(live.status()).isEqualTo(200);
        assertThat(live.json()).containsEntry("status", "ok").containsKey("timestamp");
    }
}
