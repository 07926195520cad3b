package io.sluice.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnsTest {

    @Test
    void eachColumnIsAsWideAsItsLongestCell() {
        assertThat(Columns.align(List.of(List.of("ID", "PATH"), List.of("orders", "/api/*"))))
                .containsExactly("ID      PATH", "orders  /api/*");
    }
}
