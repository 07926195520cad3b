package io.sluice.app.wiring;

/// What one part is going to be under the next configuration. Made by whatever may fail; nothing below may.
interface Prepared {

    /// Puts it in force.
    void commit();

    /// Lets go of it; everything stays as it was.
    void abandon();

    /// After every part is committed: lets go of what nothing reaches any more.
    default void settle() {}
}
