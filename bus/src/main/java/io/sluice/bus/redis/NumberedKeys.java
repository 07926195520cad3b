package io.sluice.bus.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.sluice.bus.Position;
import java.util.List;

/// Where a numbered topic is kept: both keys hold the name in braces, so that they stand on one node of a cluster.
record NumberedKeys(String numbering, String kept) {

    static NumberedKeys of(String name) {
        return new NumberedKeys("{" + name + "}:numbering", "{" + name + "}:kept");
    }

    /// The epoch a topic gets if it has none.
    static String freshEpoch(Setting setting) {
        return Long.toString(setting.ticker().epochMillis(), 36) + "." + setting.node();
    }

    /// Epoch and offset as the scripts give them.
    static Position place(List<?> answer) {
        return new Position(text(answer.get(0)), Long.parseLong(text(answer.get(1))));
    }

    static String text(Object bytes) {
        return new String((byte[]) bytes, US_ASCII);
    }
}
