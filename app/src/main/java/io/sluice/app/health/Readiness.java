package io.sluice.app.health;

/// Whether the gateway takes work. Moves forward only. Written by the thread that starts and stops the gateway, read
/// by all.
public final class Readiness {

    /// The three stages of a gateway's life, in order.
    public enum Stage {
        STARTING,
        READY,
        DRAINING
    }

    private volatile Stage stage = Stage.STARTING;

    public Stage stage() {
        return stage;
    }

    /// Everything is started and bound.
    public void ready() {
        if (stage == Stage.STARTING) {
            stage = Stage.READY;
        }
    }

    /// No new work please; there is no way back.
    public void draining() {
        stage = Stage.DRAINING;
    }
}
