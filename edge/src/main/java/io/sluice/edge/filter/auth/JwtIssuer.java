package io.sluice.edge.filter.auth;

/// An issuer whose tokens are taken.
///
/// @param provider becomes [io.sluice.core.identity.Principal#provider()], so that equal subjects of two issuers stay two
record JwtIssuer(String provider, JwtKeysConfig keys, JwtClaimsConfig claims) {}
