package io.sluice.edge.filter.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.MACVerifier;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes a key of a shared secret.
final class SecretKeys {
    private SecretKeys() {}

    /// @param secret its UTF-8 bytes are the key
    /// @param method which algorithm, HS256 when null
    /// @throws IllegalArgumentException when the secret is too short or the method wants a public key
    static VerificationKey of(String secret, @Nullable SigningMethod method) {
        SigningMethod used = method == null ? SigningMethod.HS256 : method;
        if (!used.symmetric()) {
            throw new IllegalArgumentException(
                    "is set, but signingMethod " + used + " needs a public key and no secret");
        }
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < used.secretBytes()) {
            throw new IllegalArgumentException(
                    "has "
                            + bytes.length
                            + " bytes, expected at least "
                            + used.secretBytes()
                            + " for "
                            + used
                            + " (RFC 7518 3.2)");
        }
        try {
            return new VerificationKey(null, Set.of(used.algorithm()), new MACVerifier(bytes));
        } catch (JOSEException e) {
            throw new IllegalArgumentException("cannot be used as a secret", e);
        }
    }
}
