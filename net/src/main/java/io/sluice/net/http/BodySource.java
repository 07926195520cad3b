package io.sluice.net.http;

/// Where the pieces of a body come from. All calls on the loop of the exchange.
public interface BodySource {

    /// Announced length in bytes: 0 means there is no body, -1 that the length is not known.
    long length();

    /// Starts the flow into `sink`; called at most once. Pieces at hand are delivered before this returns.
    /// The sink is flushed when nothing more is at hand, also when nothing was, so that a head before the body goes out.
    void to(BodySink sink);

    /// Asks the source to stop soon. Pieces already read may still arrive.
    void pause();

    /// Continues after [#pause()].
    void resume();

    /// Nobody wants the rest: reads and drops it within the limits of the connection, or ends the connection.
    /// Safe to call at any time and more than once; the sink, if any, hears nothing more.
    void discard();

    /// A body with nothing in it.
    static BodySource empty() {
        return EmptyBody.INSTANCE;
    }
}
