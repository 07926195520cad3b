package io.sluice.net.loop;

/// User event fired through the pipeline of every accepted connection when its listener drains: finish what is under
/// way, announce the close, take nothing new.
public enum DrainEvent {
    INSTANCE
}
