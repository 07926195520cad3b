package io.sluice.edge.route;

import io.sluice.net.http.RouteMatch;

/// What the table says about a request.
public sealed interface Lookup<R> {

    /// A rule takes it.
    record Found<R>(R route, RouteMatch match) implements Lookup<R> {}

    /// The path is known, the method is not.
    ///
    /// @param allow value for the `Allow` field (RFC 9110 10.2.1)
    record WrongMethod<R>(String allow) implements Lookup<R> {}

    /// No rule has this path on this host.
    record Unknown<R>() implements Lookup<R> {}
}
