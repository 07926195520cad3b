package io.sluice.net.dial;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/// A name server on loopback that gives the same IPv4 addresses for every name, and no IPv6 ones (RFC 1035).
final class NameServer implements AutoCloseable {
    private static final int LARGEST = 512;
    private static final int HEAD = 12;
    private static final int TYPE_A = 1;

    private final DatagramSocket socket;
    private final List<InetAddress> addresses;

    NameServer(List<InetAddress> addresses) {
        this.addresses = addresses;
        try {
            socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        } catch (IOException unavailable) {
            throw new UncheckedIOException(unavailable);
        }
        Thread.ofVirtual().start(this::serve);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    private void serve() {
        byte[] asked = new byte[LARGEST];
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(asked, asked.length);
                socket.receive(packet);
                byte[] answer = answer(Arrays.copyOf(asked, packet.getLength()));
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private byte[] answer(byte[] question) {
        int end = HEAD;
        while (question[end] != 0) {
            end += question[end] + 1;
        }
        boolean wanted = question[end + 2] == TYPE_A;
        ByteBuffer head = ByteBuffer.allocate(HEAD);
        head.put(question, 0, 2).putShort((short) 0x8580).putShort((short) 1);
        head.putShort((short) (wanted ? addresses.size() : 0)).putInt(0);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.writeBytes(head.array());
        answer.write(question, HEAD, end + 5 - HEAD);
        for (InetAddress address : wanted ? addresses : List.<InetAddress>of()) {
            ByteBuffer record = ByteBuffer.allocate(16);
            // The name of the question, type A, class IN, for a minute.
            record.putShort((short) 0xc00c).putShort((short) TYPE_A).putShort((short) 1);
            record.putInt(60).putShort((short) 4).put(address.getAddress());
            answer.writeBytes(record.array());
        }
        return answer.toByteArray();
    }

    @Override
    public void close() {
        socket.close();
    }
}
