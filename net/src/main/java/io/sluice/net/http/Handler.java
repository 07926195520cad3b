package io.sluice.net.http;

/// The end of a request's way: answers the exchange now or later. Called on the exchange's loop; must not block.
///
/// A handler answers every exchange exactly once, through [Exchange#answer] or [Exchange#fail]; what it throws is
/// answered with 500 by whoever called it.
@FunctionalInterface
public interface Handler {
    void handle(Exchange exchange);

    /// Told of input that never became a request and that the caller is about to refuse with an answer: the exchange has
    /// a peer and an id, but a head without content. May leave edits and listeners, does not answer. On the loop.
    default void refused(Exchange exchange) {}
}
