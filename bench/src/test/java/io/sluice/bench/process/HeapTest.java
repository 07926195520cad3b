package io.sluice.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapTest {

    @Test
    void bothGenerationsOfTheSerialCollectorAreCounted() {
        String printed =
                """
                 DefNew     total 19648K, used 1024K [0x00, 0x01)
                  eden space 17472K,   5% used [0x00, 0x01)
                 Tenured    total 43712K, used 7168K [0x01, 0x02)
                   the  space 43712K,  16% used [0x01, 0x02)
                 Metaspace       used 20000K, committed 21000K
                """;

        assertThat(Heap.used(printed)).isEqualTo(8192);
    }
}
