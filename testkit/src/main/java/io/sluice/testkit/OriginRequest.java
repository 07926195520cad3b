package io.sluice.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// One request as the origin received it. The body is a stream that is read at the handler's pace; the
/// first read answers `Expect: 100-continue`.
///
/// @param target raw, as it stood in the request line
/// @param headers all fields in order with their case
/// @param clientCertificate subject of the client's certificate, or null
/// @param connection 1-based number of the connection it came over
/// @param ordinal 1-based number of the request on that connection
public record OriginRequest(
        String method,
        String target,
        String version,
        RawHeaders headers,
        InputStream body,
        @Nullable String clientCertificate,
        int connection,
        int ordinal) {

    /// Target without its query.
    public String path() {
        int question = target.indexOf('?');
        return question < 0 ? target : target.substring(0, question);
    }

    /// Size and SHA-256 of a body.
    ///
    /// @param sha256 lower-case hex
    public record BodyDigest(long size, String sha256) {}

    /// Reads the body to its end without keeping it.
    public BodyDigest digestBody() throws IOException {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[64 * 1024];
            long size = 0;
            int count = body.read(buffer);
            while (count >= 0) {
                sha256.update(buffer, 0, count);
                size += count;
                count = body.read(buffer);
            }
            return new BodyDigest(size, HexFormat.of().formatHex(sha256.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
