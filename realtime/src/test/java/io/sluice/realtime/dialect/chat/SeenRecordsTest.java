package io.sluice.realtime.dialect.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.bus.LogRecord;
import io.sluice.bus.local.LocalTable;
import io.sluice.core.time.ManualTicker;
import org.junit.jupiter.api.Test;

final class SeenRecordsTest {
    private static final LogRecord RECORD =
            new LogRecord("message.created", "r", new byte[0], "0-7");

    private final ManualTicker ticker = new ManualTicker();
    private final LocalTable table = new LocalTable(ticker);
    private final SeenRecords one = new SeenRecords(table, "one", ticker);
    private final SeenRecords two = new SeenRecords(table, "two", ticker);

    @Test
    void whatANodeToldIsNotToldByTheNextOneOfItsPartition() {
        assertThat(one.isNew(RECORD)).isTrue();
        one.told(RECORD);
        await().until(() -> !table.get("record:message.created:0-7").isEmpty());
        assertThat(two.isNew(RECORD)).isFalse();
        assertThat(two.isNew(new LogRecord("message.created", "r", new byte[0], "0-8"))).isTrue();
    }

    @Test
    void allThatWasToldIsSharedHoweverMuchComesAtOnce() {
        for (int i = 0; i < 2_000; i++) {
            one.told(new LogRecord("message.created", "r", new byte[0], "0-" + i));
        }
        await().untilAsserted(() -> {
            for (int i = 0; i < 2_000; i++) {
                assertThat(table.get("record:message.created:0-" + i)).containsEntry("by", "one");
            }
        });
    }

    @Test
    void whatANodeHadInHandWhenItDiedIsToldByTheNext() {
        assertThat(one.isNew(RECORD)).isTrue();
        assertThat(one.isNew(RECORD)).isFalse();
        assertThat(two.isNew(RECORD)).isTrue();
    }
}
