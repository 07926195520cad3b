package io.sluice.it.abuse;

import io.sluice.testkit.RawHttp2;
import java.io.ByteArrayOutputStream;

/// A header block that is small on the wire and large once it is unpacked.
final class HeaderBomb {
    private HeaderBomb() {}

    /// An entry of 4,000 bytes in the table of the connection, then one byte for each further mention of it.
    static byte[] block(int mentions) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.writeBytes(RawHttp2.get("/x"));
        block.write(0x40);
        byte[] field = RawHttp2.block("x-bomb", "b".repeat(4_000));
        // The first byte says "not to be kept", which is what this one is about.
        block.write(field, 1, field.length - 1);
        for (int i = 0; i < mentions; i++) {
            block.write(0x80 | 62);
        }
        return block.toByteArray();
    }
}
