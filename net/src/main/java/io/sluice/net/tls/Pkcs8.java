package io.sluice.net.tls;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;

/// Wraps the older private key forms into PKCS#8 (RFC 5208), which is all the JDK reads.
final class Pkcs8 {
    private static final int INTEGER = 0x02;
    private static final int OCTETS = 0x04;
    private static final int SEQUENCE = 0x30;
    private static final int EC_PARAMETERS = 0xa0;
    private static final byte[] VERSION_0 = HexFormat.of().parseHex("020100");
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
    private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

    private Pkcs8() {}

    /// From an RSAPrivateKey (RFC 8017 A.1.2).
    static byte[] fromPkcs1(byte[] der) {
        return element(SEQUENCE, VERSION_0, RSA, element(OCTETS, der));
    }

    /// From an ECPrivateKey (RFC 5915) that names its curve.
    ///
    /// @throws IllegalArgumentException when it is malformed or names none
    static byte[] fromSec1(byte[] der) {
        int at = content(der, 0, SEQUENCE);
        at = end(der, at, INTEGER);
        at = end(der, at, OCTETS);
        int curveStart = content(der, at, EC_PARAMETERS);
        int curveEnd = end(der, at, EC_PARAMETERS);
        byte[] curve = Arrays.copyOfRange(der, curveStart, curveEnd);
        return element(SEQUENCE, VERSION_0, element(SEQUENCE, EC, curve), element(OCTETS, der));
    }

    private static int content(byte[] der, int at, int tag) {
        if (at + 2 > der.length || (der[at] & 0xff) != tag) {
            throw new IllegalArgumentException("DER tag " + tag + " expected at " + at);
        }
        int first = der[at + 1] & 0xff;
        return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
    }

    private static int end(byte[] der, int at, int tag) {
        int start = content(der, at, tag);
        int length = der[at + 1] & 0xff;
        if (length >= 0x80) {
            length = 0;
            for (int i = at + 2; i < Math.min(start, der.length); i++) {
                length = length << 8 | der[i] & 0xff;
            }
        }
        if (length < 0 || start + length > der.length) {
            throw new IllegalArgumentException("DER length at " + at + " beyond the end");
        }
        return start + length;
    }

    private static byte[] element(int tag, byte[]... parts) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            body.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = body.size();
        if (length < 0x80) {
            out.write(length);
        } else if (length < 0x100) {
            out.writeBytes(new byte[] {(byte) 0x81, (byte) length});
        } else {
            out.writeBytes(new byte[] {(byte) 0x82, (byte) (length >> 8), (byte) length});
        }
        out.writeBytes(body.toByteArray());
        return out.toByteArray();
    }
}
