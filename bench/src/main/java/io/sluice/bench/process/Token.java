package io.sluice.bench.process;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The signed token that the loads carry.
public final class Token {
    /// Shared with the configuration under measurement; protects nothing.
    public static final String SECRET = "a-secret-of-the-bench-that-protects-nothing";

    private static final long FAR_FUTURE = 4_102_444_800L;

    private Token() {}

    /// A token without an end that is worth mentioning.
    public static String hs256() {
        String claims =
                "{\"sub\":\"bench\",\"id\":\"bench\",\"iss\":\"bench\",\"scope\":\"api:read\",\"exp\":"
                        + FAR_FUTURE
                        + "}";
        String signed = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + base64(claims);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] signature = mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
