package io.sluice.edge.filter.auth;

import org.jspecify.annotations.Nullable;

/// An issuer in force: the keys it signs with, and what its tokens must say.
///
/// @param name value of `iss`; null when any will do
record TrustedIssuer(@Nullable String name, TokenVerifier verifier, KeySource keys) {}
