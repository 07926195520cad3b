package io.sluice.net.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class PeerTest {
    private static String address(InetAddress remote) {
        InetSocketAddress local = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        return Peer.of(new InetSocketAddress(remote, 1), local).address();
    }

    private static String address(String literal) throws Exception {
        return address(
                InetAddress.getByAddress(NetUtil.createByteArrayFromIpAddressString(literal)));
    }

    @Test
    void anAddressIsWrittenTheShortWay() throws Exception {
        assertThat(address("192.0.2.7")).isEqualTo("192.0.2.7");
        assertThat(address("::1")).isEqualTo("::1");
        assertThat(address("2001:db8:0:0:0:0:0:7")).isEqualTo("2001:db8::7");
    }

    @Test
    void theZoneOfALinkIsNotShownToServices() throws Exception {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString("fe80::7");
        assertThat(address(Inet6Address.getByAddress(null, bytes, 3))).isEqualTo("fe80::7");
    }
}
