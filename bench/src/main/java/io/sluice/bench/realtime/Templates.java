package io.sluice.bench.realtime;

import java.util.Map;

/// Fills `${name}` in commands and configuration files.
record Templates(Map<String, String> values) {

    /// Unknown names stay as they are.
    String fill(String text) {
        String filled = text;
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = filled.replace("${" + value.getKey() + "}", value.getValue());
        }
        return filled;
    }
}
