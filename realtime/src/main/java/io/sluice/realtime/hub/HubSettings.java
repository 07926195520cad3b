package io.sluice.realtime.hub;

import io.sluice.realtime.history.Histories;

/// Bounds of a hub.
///
/// @param queueBytes what may wait for one client before it is closed as a slow consumer
/// @param behindBytes what may wait for one client before volatile messages pass it by
/// @param histories which channels keep their messages
/// @param historyBytes what all histories in this process may take together
public record HubSettings(int queueBytes, int behindBytes, Histories histories, long historyBytes) {
    public static final HubSettings STANDARD =
            new HubSettings(1024 * 1024, 128 * 1024, Histories.STANDARD, 16 * 1024 * 1024);

    public HubSettings {
        if (queueBytes < 1 || behindBytes < 0) {
            throw new IllegalArgumentException(
                    "outbox of " + queueBytes + " bytes, behind at " + behindBytes);
        }
    }
}
