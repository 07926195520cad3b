package io.sluice.edge.filter.auth;

/// Counts what authentication found: `gateway_auth_total{provider,result}`. Called on loops.
@FunctionalInterface
public interface AuthCounter {

    /// What became of a request.
    enum Result {
        GRANTED,
        DENIED,
        /// The request brought no credential.
        ABSENT,
        /// The credential could not be checked.
        UNAVAILABLE
    }

    /// @param provider id of the authenticator, or `none`
    void count(String provider, Result result);
}
