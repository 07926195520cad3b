package io.sluice.edge.filter.auth;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a JSON Web Key Set (RFC 7517 5). Keys that cannot verify signatures are passed over, as are secrets:
/// an endpoint anybody can read must not give any. Addresses inside keys are ignored.
final class JwksKeys {
    private static final int MOST_KEYS = 100;
    private static final byte[] ED25519_PREFIX =
            HexFormat.of().parseHex("302a300506032b6570032100");

    private JwksKeys() {}

    /// @param method the only algorithm accepted, or null for what each key allows
    /// @return the usable keys of the first 100; may be empty
    /// @throws ParseException when the text is no key set
    static List<VerificationKey> parse(String json, @Nullable SigningMethod method)
            throws ParseException {
        if (!(JSONObjectUtils.parse(json).get("keys") instanceof List<?> items)) {
            throw new ParseException("no list `keys`", 0);
        }
        List<VerificationKey> keys = new ArrayList<>();
        for (Object item : items.subList(0, Math.min(items.size(), MOST_KEYS))) {
            VerificationKey key = item instanceof Map<?, ?> map ? usable(map, method) : null;
            if (key != null) {
                keys.add(key);
            }
        }
        return keys;
    }

    private static @Nullable VerificationKey usable(Map<?, ?> map, @Nullable SigningMethod method) {
        Map<String, Object> members = new HashMap<>();
        map.forEach((name, value) -> members.put(String.valueOf(name), value));
        try {
            JWK jwk = JWK.parse(members);
            PublicKey key = forSignatures(jwk) ? publicKey(jwk) : null;
            if (key == null) {
                return null;
            }
            Set<JWSAlgorithm> algorithms = algorithms(jwk.getAlgorithm(), key, method);
            return algorithms.isEmpty()
                    ? null
                    : new VerificationKey(jwk.getKeyID(), algorithms, PublicKeys.verifier(key));
        } catch (ParseException
                | JOSEException
                | GeneralSecurityException
                | IllegalArgumentException
                | IllegalStateException e) {
            return null;
        }
    }

    private static boolean forSignatures(JWK jwk) {
        Set<KeyOperation> operations = jwk.getKeyOperations();
        return !KeyUse.ENCRYPTION.equals(jwk.getKeyUse())
                && (operations == null || operations.contains(KeyOperation.VERIFY));
    }

    private static @Nullable PublicKey publicKey(JWK jwk)
            throws JOSEException, GeneralSecurityException {
        return switch (jwk) {
            case RSAKey rsa -> rsa.toRSAPublicKey();
            case ECKey ec -> ec.toECPublicKey();
            case OctetKeyPair pair when Curve.Ed25519.equals(pair.getCurve()) -> ed25519(pair);
            default -> null;
        };
    }

    private static PublicKey ed25519(OctetKeyPair pair) throws GeneralSecurityException {
        byte[] x = pair.getDecodedX();
        byte[] encoded = new byte[ED25519_PREFIX.length + x.length];
        System.arraycopy(ED25519_PREFIX, 0, encoded, 0, ED25519_PREFIX.length);
        System.arraycopy(x, 0, encoded, ED25519_PREFIX.length, x.length);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    }

    private static Set<JWSAlgorithm> algorithms(
            @Nullable Algorithm declared, PublicKey key, @Nullable SigningMethod method) {
        Set<JWSAlgorithm> usable = PublicKeys.algorithms(key);
        if (declared != null) {
            JWSAlgorithm one = JWSAlgorithm.parse(declared.getName());
            if (!usable.contains(one)) {
                return Set.of();
            }
            boolean twoNames = usable.contains(JWSAlgorithm.EdDSA);
            usable = twoNames ? usable : Set.of(one);
        }
        if (method != null) {
            if (!usable.contains(method.algorithm())) {
                return Set.of();
            }
            usable = PublicKeys.only(method, usable);
        }
        return usable;
    }
}
