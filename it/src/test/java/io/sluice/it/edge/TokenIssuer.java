package io.sluice.it.edge;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs tokens with the JDK alone and publishes its public keys at [#jwks] over HTTP: `rsa` for RS256, `ec` for ES256.
final class TokenIssuer implements AutoCloseable {
    static final String NAME = "https://issuer.test";
    static final String SECRET = "a-secret-of-more-than-32-characters-in-all";

    /// RSA keys take a while to make, so all tests share these.
    private static final KeyPair RSA = pair("RSA", 2048);

    private static final KeyPair STRANGER = pair("RSA", 2048);

    private volatile Ec ec = new Ec("ec", pair("EC", 256));
    private final HttpServer server;
    private final AtomicInteger fetches = new AtomicInteger();

    private record Ec(String id, KeyPair pair) {}

    TokenIssuer() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException unavailable) {
            throw new UncheckedIOException(unavailable);
        }
        server.createContext(
                "/jwks",
                exchange -> {
                    fetches.incrementAndGet();
                    byte[] keys = keys().getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().set("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, keys.length);
                    try (OutputStream body = exchange.getResponseBody()) {
                        body.write(keys);
                    }
                });
        server.start();
    }

    String jwks() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/jwks";
    }

    /// How often the keys were fetched.
    int fetches() {
        return fetches.get();
    }

    /// Signs with another EC key from now on, and publishes the old one no more.
    void rotate() {
        ec = new Ec(ec.id() + '+', pair("EC", 256));
    }

    String rs256(String claims) {
        return token("{\"alg\":\"RS256\",\"kid\":\"rsa\"}", claims, "SHA256withRSA", RSA);
    }

    /// Signed with a key that is not this issuer's, under the name of one that is.
    String forged(String claims) {
        return token("{\"alg\":\"RS256\",\"kid\":\"rsa\"}", claims, "SHA256withRSA", STRANGER);
    }

    String es256(String claims) {
        Ec now = ec;
        return token(
                "{\"alg\":\"ES256\",\"kid\":\"" + now.id() + "\"}",
                claims,
                "SHA256withECDSAinP1363Format",
                now.pair());
    }

    String hs256(String claims) {
        return hs256("{\"alg\":\"HS256\"}", claims, SECRET.getBytes(StandardCharsets.UTF_8));
    }

    /// The public RSA key misused as a secret, which a verifier that trusts `alg` would accept.
    String confused(String claims) {
        return hs256("{\"alg\":\"HS256\",\"kid\":\"rsa\"}", claims, RSA.getPublic().getEncoded());
    }

    /// Without any signature.
    String unsigned(String claims) {
        return part("{\"alg\":\"none\"}") + '.' + part(claims) + '.';
    }

    private static String token(String head, String claims, String algorithm, KeyPair pair) {
        try {
            String signed = part(head) + '.' + part(claims);
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(pair.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + '.' + part(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String hs256(String head, String claims, byte[] secret) {
        try {
            String signed = part(head) + '.' + part(claims);
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return signed + '.' + part(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String keys() {
        RSAPublicKey rsa = (RSAPublicKey) RSA.getPublic();
        Ec now = ec;
        ECPublicKey point = (ECPublicKey) now.pair().getPublic();
        return "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"rsa\",\"use\":\"sig\",\"n\":\""
                + number(rsa.getModulus(), 256)
                + "\",\"e\":\""
                + number(rsa.getPublicExponent(), 3)
                + "\"},{\"kty\":\"EC\",\"kid\":\""
                + now.id()
                + "\",\"crv\":\"P-256\",\"x\":\""
                + number(point.getW().getAffineX(), 32)
                + "\",\"y\":\""
                + number(point.getW().getAffineY(), 32)
                + "\"}]}";
    }

    private static String number(BigInteger value, int size) {
        byte[] signed = value.toByteArray();
        byte[] fixed = new byte[size];
        int length = Math.min(signed.length, size);
        System.arraycopy(signed, signed.length - length, fixed, size - length, length);
        return part(fixed);
    }

    private static String part(String json) {
        return part(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String part(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static KeyPair pair(String family, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(family);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
