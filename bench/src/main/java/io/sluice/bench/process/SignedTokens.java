package io.sluice.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Tokens of many users, signed with ES256: checking one costs the gateway far more than passing a request on.
///
/// @param key file with the public key
/// @param tokens file with one a line
public record SignedTokens(Path key, Path tokens) {
    /// With their length ten times as many as the gateway remembers.
    private static final int USERS = 60_000;

    private static final int GROUPS = 120;
    private static final long FAR_FUTURE = 4_102_444_800L;

    /// Makes a key and the tokens in a folder.
    public static SignedTokens make(Path folder) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            List<String> lines = new ArrayList<>(USERS);
            for (int user = 0; user < USERS; user++) {
                lines.add(token(user, pair.getPrivate()));
            }
            Path key = folder.resolve("token-key.pem");
            Files.writeString(
                    key,
                    "-----BEGIN PUBLIC KEY-----\n"
                            + Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded())
                            + "\n-----END PUBLIC KEY-----\n");
            return new SignedTokens(key, Files.write(folder.resolve("tokens"), lines));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String token(int user, PrivateKey key) throws GeneralSecurityException {
        StringBuilder groups = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            groups.append(i == 0 ? "\"" : ",\"").append("department-").append(i).append('"');
        }
        String claims =
                "{\"sub\":\"user-%d\",\"iss\":\"bench\",\"exp\":%d,\"groups\":[%s]}"
                        .formatted(user, FAR_FUTURE, groups);
        String signed = base64("{\"alg\":\"ES256\",\"typ\":\"JWT\"}") + "." + base64(claims);
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(key);
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + base64(signature.sign());
    }

    private static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
