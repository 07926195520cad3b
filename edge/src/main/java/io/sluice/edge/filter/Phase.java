package io.sluice.edge.filter;

/// The fixed order of what happens to a request. Recovery surrounds all of it; forwarding follows it.
public enum Phase {
    /// Request id and trace context.
    TRACE,
    /// Access log and metrics; they see every request, refused ones too.
    OBSERVE,
    /// Limits on size and time, and headers nobody outside may send.
    GUARD,
    CORS,
    /// The route is found between CORS and here; the phases below belong to the route.
    ADDRESS_LIMIT,
    AUTHENTICATE,
    AUTHORISE,
    IDENTITY_LIMIT,
    /// Changes to headers and target just before the handler.
    TRANSFORM
}
