package io.sluice.edge.filter.auth;

import com.nimbusds.jose.JWSAlgorithm;

/// Algorithms a token may be signed with (RFC 7518 3.1, RFC 8037). There is no `none`.
public enum SigningMethod {
    HS256("HS256", 32),
    HS384("HS384", 48),
    HS512("HS512", 64),
    RS256("RS256", 0),
    RS384("RS384", 0),
    RS512("RS512", 0),
    PS256("PS256", 0),
    PS384("PS384", 0),
    PS512("PS512", 0),
    ES256("ES256", 0),
    ES384("ES384", 0),
    ES512("ES512", 0),
    EDDSA("EdDSA", 0);

    private final String text;
    private final int secretBytes;

    SigningMethod(String text, int secretBytes) {
        this.text = text;
        this.secretBytes = secretBytes;
    }

    JWSAlgorithm algorithm() {
        return JWSAlgorithm.parse(text);
    }

    /// Least length of a secret (RFC 7518 3.2); 0 for methods with a public key.
    int secretBytes() {
        return secretBytes;
    }

    boolean symmetric() {
        return secretBytes > 0;
    }

    /// As written in configurations and tokens.
    @Override
    public String toString() {
        return text;
    }
}
