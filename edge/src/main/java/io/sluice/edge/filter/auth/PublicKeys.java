package io.sluice.edge.filter.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes verification keys of public keys. All messages are for the configuration and name no key material.
final class PublicKeys {
    private static final int LEAST_RSA_BITS = 2048;
    private static final long LARGEST_FILE = 256 * 1024;
    private static final Set<JWSAlgorithm> RSA =
            Set.of(
                    JWSAlgorithm.RS256,
                    JWSAlgorithm.RS384,
                    JWSAlgorithm.RS512,
                    JWSAlgorithm.PS256,
                    JWSAlgorithm.PS384,
                    JWSAlgorithm.PS512);
    private static final Set<JWSAlgorithm> ED25519 =
            Set.of(JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519);

    private PublicKeys() {}

    /// @throws IllegalArgumentException when the text holds no usable key, or one that the method does not fit
    static VerificationKey fromPem(String pem, @Nullable SigningMethod method) {
        PublicKey key = PemKeys.read(pem);
        Set<JWSAlgorithm> usable = algorithms(key);
        SigningMethod used =
                method == null && key instanceof RSAPublicKey ? SigningMethod.RS256 : method;
        if (used == null) {
            return new VerificationKey(null, usable, verifier(key));
        }
        if (!usable.contains(used.algorithm())) {
            throw new IllegalArgumentException(
                    "is a key of type "
                            + key.getAlgorithm()
                            + ", which does not fit signingMethod "
                            + used);
        }
        return new VerificationKey(null, only(used, usable), verifier(key));
    }

    /// The same for a file of at most 256 KiB. Blocks.
    static VerificationKey fromFile(String file, @Nullable SigningMethod method) {
        return fromPem(read(file), method);
    }

    /// The text of a key file.
    ///
    /// @throws IllegalArgumentException when it cannot be read or is too large for a key
    static String read(String file) {
        try {
            Path path = Path.of(file);
            if (Files.size(path) > LARGEST_FILE) {
                throw new IllegalArgumentException("'" + file + "' is too large for a key");
            }
            return Files.readString(path);
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException("'" + file + "' cannot be read", e);
        }
    }

    /// The algorithms a method stands for among those a key can do: EdDSA has two names (RFC 9864).
    static Set<JWSAlgorithm> only(SigningMethod method, Set<JWSAlgorithm> usable) {
        return method == SigningMethod.EDDSA ? usable : Set.of(method.algorithm());
    }

    /// What this key can verify; decided by its type and curve alone.
    ///
    /// @throws IllegalArgumentException when that is nothing
    static Set<JWSAlgorithm> algorithms(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa -> {
                if (rsa.getModulus().bitLength() < LEAST_RSA_BITS) {
                    throw new IllegalArgumentException(
                            "is an RSA key of "
                                    + rsa.getModulus().bitLength()
                                    + " bits, expected at least "
                                    + LEAST_RSA_BITS
                                    + " (RFC 7518 3.3)");
                }
                yield RSA;
            }
            case ECPublicKey ec -> Set.of(ofCurve(Curve.forECParameterSpec(ec.getParams())));
            case EdECPublicKey ed when ed.getParams().getName().equals("Ed25519") -> ED25519;
            default ->
                    throw new IllegalArgumentException(
                            "is a key of type "
                                    + key.getAlgorithm()
                                    + ", expected RSA, EC or Ed25519");
        };
    }

    private static JWSAlgorithm ofCurve(@Nullable Curve curve) {
        if (Curve.P_256.equals(curve)) {
            return JWSAlgorithm.ES256;
        }
        if (Curve.P_384.equals(curve)) {
            return JWSAlgorithm.ES384;
        }
        if (Curve.P_521.equals(curve)) {
            return JWSAlgorithm.ES512;
        }
        throw new IllegalArgumentException("is on a curve other than P-256, P-384 and P-521");
    }

    static JWSVerifier verifier(PublicKey key) {
        try {
            return switch (key) {
                case RSAPublicKey rsa -> new RSASSAVerifier(rsa);
                case ECPublicKey ec -> new ECDSAVerifier(ec);
                case EdECPublicKey ed -> new Ed25519Check(ed);
                default -> throw new IllegalArgumentException("unknown key type");
            };
        } catch (JOSEException e) {
            throw new IllegalArgumentException("cannot be used to verify tokens", e);
        }
    }
}
