package io.sluice.edge.filter.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One key and the algorithms it may be used with. The set comes from the type of the key and never from a
/// token, so a public key can not be mistaken for a secret (RFC 8725 3.1). Any thread.
///
/// @param id `kid` of the key, or null when it fits tokens of any `kid`
record VerificationKey(@Nullable String id, Set<JWSAlgorithm> algorithms, JWSVerifier verifier) {

    VerificationKey {
        algorithms = Set.copyOf(algorithms);
    }

    /// Whether a token with this head may have been signed with this key.
    boolean fits(JWSHeader head) {
        String wanted = head.getKeyID();
        return algorithms.contains(head.getAlgorithm())
                && (wanted == null || id == null || wanted.equals(id));
    }

    boolean signed(JWSObject token) {
        try {
            return verifier.verify(
                    token.getHeader(), token.getSigningInput(), token.getSignature());
        } catch (JOSEException e) {
            return false;
        }
    }
}
