package io.sluice.net.http;

import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

/// What counts as one client: an IPv4 address, or the network of an IPv6 address, because whoever has one such address
/// usually has all of its network. Immutable.
///
/// @param ipv6Bits leading bits of an IPv6 address that count, 1 to 128
public record ClientNetwork(int ipv6Bits) {
    private static final int MAPPED_PREFIX = 12;

    /// One key for all addresses that are one client; the text itself when it is no IPv6 address.
    public String of(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
        if (bytes == null || bytes.length != 16) {
            return address;
        }
        String ipv4 = mapped(bytes);
        return ipv4 != null ? ipv4 : network(bytes);
    }

    private static @Nullable String mapped(byte[] bytes) {
        for (int i = 0; i < MAPPED_PREFIX; i++) {
            if (bytes[i] != (i < 10 ? 0 : -1)) {
                return null;
            }
        }
        return NetUtil.bytesToIpAddress(bytes, MAPPED_PREFIX, 4);
    }

    private String network(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            int kept = Math.clamp(ipv6Bits - 8L * i, 0, 8);
            bytes[i] &= (byte) (0xff00 >> kept);
        }
        return NetUtil.bytesToIpAddress(bytes, 0, bytes.length);
    }
}
