package io.sluice.net.tls;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/// A ClientHello that no library sends any more, and the first record that answers it.
final class RawHello {
    static final int ALERT = 21;
    static final int HANDSHAKE = 22;

    /// The groups x25519 and secp256r1, uncompressed points, ECDSA and RSA with SHA-256.
    private static final byte[] EXTENSIONS =
            HexFormat.of()
                    .parseHex("000a00060004001d0017" + "000b00020100" + "000d00080006040308040401");

    /// With AES-GCM, with CBC and without a fresh key.
    private static final byte[] SUITES = HexFormat.of().parseHex("c02bc02fc009c013002f");

    private RawHello() {}

    /// A record.
    ///
    /// @param type -1 when the connection ended instead
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Answer(int type, byte[] payload) {}

    /// @param version such as 0x0303 for TLS 1.2
    /// @param compressions methods in the order of preference
    static Answer answer(InetSocketAddress server, int version, byte... compressions)
            throws IOException {
        ByteBuffer hello = ByteBuffer.allocate(512);
        hello.putShort((short) version).put(new byte[32]).put((byte) 0);
        hello.putShort((short) SUITES.length).put(SUITES);
        hello.put((byte) compressions.length).put(compressions);
        hello.putShort((short) EXTENSIONS.length).put(EXTENSIONS).flip();
        ByteBuffer record = ByteBuffer.allocate(600);
        record.put((byte) HANDSHAKE).putShort((short) 0x0301);
        record.putShort((short) (hello.remaining() + 4));
        record.putInt(1 << 24 | hello.remaining()).put(hello).flip();
        try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(record.array(), 0, record.limit());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            int type = in.read();
            if (type < 0) {
                return new Answer(type, new byte[0]);
            }
            in.readUnsignedShort();
            return new Answer(type, in.readNBytes(in.readUnsignedShort()));
        }
    }
}
