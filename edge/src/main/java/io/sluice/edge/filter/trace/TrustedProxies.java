package io.sluice.edge.filter.trace;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The networks whose hosts are believed about their clients. IPv4-mapped IPv6 addresses count as IPv4. Immutable.
public final class TrustedProxies {

    private static final class Network {
        private final byte[] address;
        private final int bits;

        Network(byte[] address, int bits) {
            this.address = address;
            this.bits = bits;
        }

        boolean holds(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            int whole = bits / 8;
            if (!Arrays.equals(address, 0, whole, other, 0, whole)) {
                return false;
            }
            int rest = bits % 8;
            return rest == 0 || ((address[whole] ^ other[whole]) & 0xff) >> 8 - rest == 0;
        }
    }

    private final List<Network> networks = new ArrayList<>();

    /// @throws IllegalArgumentException for what [#valid] refuses
    public TrustedProxies(List<String> texts) {
        for (String text : texts) {
            Network network = network(text);
            if (network == null) {
                throw new IllegalArgumentException(
                        "trusted proxy '" + text + "': expected an address or address/bits");
            }
            networks.add(network);
        }
    }

    static boolean valid(String text) {
        return network(text) != null;
    }

    public boolean trusts(InetAddress address) {
        return !networks.isEmpty() && trusts(unmapped(address.getAddress()));
    }

    /// For an address as it stands in `X-Forwarded-For`; false when it is none.
    boolean trusts(String address) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
        return bytes != null && trusts(unmapped(bytes));
    }

    private boolean trusts(byte[] address) {
        for (int i = 0; i < networks.size(); i++) {
            if (networks.get(i).holds(address)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Network network(String text) {
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        byte[] address = NetUtil.createByteArrayFromIpAddressString(host);
        if (address == null) {
            return null;
        }
        byte[] plain = unmapped(address);
        int bits = plain.length * 8;
        if (slash >= 0) {
            String number = text.substring(slash + 1);
            if (!number.matches("[0-9]{1,3}") || Integer.parseInt(number) > address.length * 8) {
                return null;
            }
            bits = Integer.parseInt(number) - (address.length - plain.length) * 8;
        }
        return bits < 0 ? null : new Network(plain, bits);
    }

    private static byte[] unmapped(byte[] address) {
        if (address.length != 16 || address[10] != -1 || address[11] != -1) {
            return address;
        }
        for (int i = 0; i < 10; i++) {
            if (address[i] != 0) {
                return address;
            }
        }
        return Arrays.copyOfRange(address, 12, 16);
    }
}
