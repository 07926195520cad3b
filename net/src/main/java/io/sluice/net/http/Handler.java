package io.sluice.net.http;

/// The end of a request's way: answers the exchange now or later. Called on the exchange's loop; must not block.
///
/// A handler answers every exchange exactly once, through [Exchange#answer] or [Exchange#fail]; what it throws is
/// answered with 500 by whoever called it.
@FunctionalInterface
public interface Handler {
    void handle(Exchange exchange);
}
