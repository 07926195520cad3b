package io.sluice.net.dial;

import io.sluice.core.fail.Failure;
import io.sluice.net.http.BodySource;
import io.sluice.net.http.ResponseHead;

/// Hears what an origin answers to one call. All on the loop; [#answered] or [#failed] comes exactly once, unless the
/// call was cancelled.
public interface AnswerListener {

    /// An interim response, 100–199 but 101.
    void informational(ResponseHead head);

    /// The final head, hop-by-hop fields already removed. The body must be started or discarded.
    void answered(ResponseHead head, BodySource body);

    /// The call broke before a final head: the connection closed, or the reply was malformed.
    ///
    /// @param replyStarted whether any byte of a reply was read for this call
    void failed(Failure failure, boolean replyStarted);

    /// The call is over: answer read to its end or broken off. `reusable` tells whether the connection can carry
    /// another call: request fully written, answer fully read, reading switched on, no close announced.
    void finished(boolean reusable);
}
