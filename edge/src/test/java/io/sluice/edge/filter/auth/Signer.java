package io.sluice.edge.filter.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Signs tokens with one key, as an issuer would.
record Signer(String kid, JWSAlgorithm algorithm, JWSSigner signer, @Nullable PublicKey publicKey) {

    static Signer secret(JWSAlgorithm algorithm, String secret) {
        try {
            return new Signer("", algorithm, new MACSigner(secret), null);
        } catch (JOSEException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /// Always the same key: making one may take seconds.
    static Signer rsa(String kid, JWSAlgorithm algorithm) {
        return rsa(kid, algorithm, RsaPairs.ISSUER);
    }

    /// Always the same key, another one than that of [#rsa(String, JWSAlgorithm)].
    static Signer stranger(String kid, JWSAlgorithm algorithm) {
        return rsa(kid, algorithm, RsaPairs.STRANGER);
    }

    private static Signer rsa(String kid, JWSAlgorithm algorithm, KeyPair pair) {
        return new Signer(kid, algorithm, new RSASSASigner(pair.getPrivate()), pair.getPublic());
    }

    static Signer ec(String kid, JWSAlgorithm algorithm) {
        Curve curve = Curve.forJWSAlgorithm(algorithm).iterator().next();
        KeyPair pair = pair("EC", new ECGenParameterSpec(curve.getStdName()));
        try {
            return new Signer(
                    kid,
                    algorithm,
                    new ECDSASigner((ECPrivateKey) pair.getPrivate()),
                    pair.getPublic());
        } catch (JOSEException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static Signer ed25519(String kid) {
        KeyPair pair = pair("Ed25519", null);
        return new Signer(
                kid, JWSAlgorithm.EdDSA, new Ed25519Signer(pair.getPrivate()), pair.getPublic());
    }

    /// A token with these claims and the key's `kid`.
    String sign(Map<String, Object> claims) {
        JWSHeader.Builder head = new JWSHeader.Builder(algorithm);
        return sign(kid.isEmpty() ? head.build() : head.keyID(kid).build(), claims);
    }

    String sign(JWSHeader head, Map<String, Object> claims) {
        try {
            JWSObject token = new JWSObject(head, new Payload(claims));
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalArgumentException(e);
        }
    }

    String pem() {
        byte[] encoded = key().getEncoded();
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(encoded)
                + "\n-----END PUBLIC KEY-----\n";
    }

    JWK jwk() {
        return switch (key()) {
            case RSAPublicKey rsa -> new RSAKey.Builder(rsa).keyID(kid).build();
            case ECPublicKey ec ->
                    new ECKey.Builder(Curve.forECParameterSpec(ec.getParams()), ec)
                            .keyID(kid)
                            .build();
            case PublicKey ed -> {
                byte[] spki = ed.getEncoded();
                byte[] x = Arrays.copyOfRange(spki, spki.length - 32, spki.length);
                yield new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(x))
                        .keyID(kid)
                        .build();
            }
        };
    }

    private PublicKey key() {
        PublicKey key = publicKey;
        if (key == null) {
            throw new IllegalStateException("a secret has no public key");
        }
        return key;
    }

    private static KeyPair pair(String family, @Nullable ECGenParameterSpec curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(family);
            if (curve != null) {
                generator.initialize(curve);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class RsaPairs {
        static final KeyPair ISSUER = pair("RSA", null);
        static final KeyPair STRANGER = pair("RSA", null);
    }

    private static final class Ed25519Signer implements JWSSigner {
        private final PrivateKey key;
        private final JCAContext context = new JCAContext();

        Ed25519Signer(PrivateKey key) {
            this.key = key;
        }

        @Override
        public Base64URL sign(JWSHeader header, byte[] signingInput) throws JOSEException {
            try {
                Signature signature = Signature.getInstance("Ed25519");
                signature.initSign(key);
                signature.update(signingInput);
                return Base64URL.encode(signature.sign());
            } catch (GeneralSecurityException e) {
                throw new JOSEException(e);
            }
        }

        @Override
        public Set<JWSAlgorithm> supportedJWSAlgorithms() {
            return Set.of(JWSAlgorithm.EdDSA);
        }

        @Override
        public JCAContext getJCAContext() {
            return context;
        }
    }
}
