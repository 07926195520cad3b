package io.sluice.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.app.Page;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoInstanceTest {

    @Test
    void saysWhoAnsweredAndWhatArrived() {
        DemoInstance instance = new DemoInstance("demo-1");

        Page first = Page.get(instance, "/api/example/x", Map.of("A", "1", "B", "2"));
        Page second = Page.get(instance, "/", Map.of());

        assertThat(first.json())
                .containsEntry("instance", "demo-1")
                .containsEntry("method", "GET")
                .containsEntry("path", "/api/example/x")
                .containsEntry("headers", 2)
                .containsEntry("bodyBytes", 0)
                .containsEntry("hits", 1);
        assertThat(second.json()).containsEntry("hits", 2);
        assertThat(instance.hits()).isEqualTo(2);
    }
}
