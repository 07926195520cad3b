package io.sluice.it.chat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Tokens as the chat services sign them.
public final class ChatTokens {
    public static final String SECRET = "asdf";

    private ChatTokens() {}

    public static String of(String user) {
        return signed("HS256", SECRET, claims(user) + "}");
    }

    /// @param seconds since the epoch
    static String until(String user, long seconds) {
        return signed("HS256", SECRET, claims(user) + ",\"exp\":" + seconds + "}");
    }

    private static String claims(String user) {
        return "{\"id\":\"" + user + "\",\"email\":\"" + user + "@x.io\"";
    }

    static String signed(String alg, String secret, String claims) {
        String mac = alg.replace("HS", "HmacSHA");
        try {
            String input = part("{\"alg\":\"" + alg + "\",\"typ\":\"JWT\"}") + '.' + part(claims);
            Mac signer = Mac.getInstance(mac);
            signer.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), mac));
            byte[] signature = signer.doFinal(input.getBytes(StandardCharsets.US_ASCII));
            return input + '.' + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String unsigned(String user) {
        return part("{\"alg\":\"none\"}") + '.' + part(claims(user) + "}") + '.';
    }

    private static String part(String json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
