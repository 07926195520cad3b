package io.sluice.bus;

import java.util.concurrent.CompletionStage;

/// Topics whose messages get a number all nodes agree on and are kept a while, so that who was away can ask for what
/// came in between. A name is either a topic or a numbered topic. All calls return at once and may be made on a loop;
/// stages end on a thread of the bus, or at once.
///
/// While the shared server is gone, this node numbers its own messages in an epoch of its own, which nothing can be
/// recovered from afterwards.
public interface NumberedTopics {

    Subscription subscribe(String name, NumberedListener listener);

    /// Numbers, keeps and sends to all listeners. The stage gives the place and does not fail; the place has an empty
    /// epoch when too many messages wait and this one was dropped.
    ///
    /// @param payload not changed by anyone afterwards
    CompletionStage<Position> publish(String name, byte[] payload, Retention retention);

    /// All messages after `after`, if they are all still there and no more than `most`.
    /// Fails with `UNAVAILABLE` when the server does not answer.
    CompletionStage<Replay> since(String name, Position after, Portion most);

    /// The newest messages that are kept, at most `most`, as a [Replay] that is always recovered. Fails with
    /// `UNAVAILABLE` when the server does not answer.
    CompletionStage<Replay> newest(String name, Portion most);

    /// Place of the newest message, offset 0 when there is none. Fails with `UNAVAILABLE` when the server does not
    /// answer.
    CompletionStage<Position> latest(String name);
}
