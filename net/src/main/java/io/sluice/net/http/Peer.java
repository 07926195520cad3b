package io.sluice.net.http;

import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/// The client end of one connection, made once when it is accepted.
///
/// @param remote the peer, or whom a trusted PROXY protocol header named
/// @param address `remote`'s address as text (RFC 5952), without port, brackets or zone
/// @param local the listener's end
/// @param entrance the listener
/// @param tls whether the connection is encrypted
/// @param serverName name the client asked for in TLS, or null
/// @param certificate verified client certificate, or null
public record Peer(
        InetSocketAddress remote,
        String address,
        InetSocketAddress local,
        Entrance entrance,
        boolean tls,
        @Nullable String serverName,
        @Nullable X509Certificate certificate) {

    public static Peer of(InetSocketAddress remote, InetSocketAddress local) {
        String address = NetUtil.toAddressString(remote.getAddress());
        return new Peer(remote, address, local, Entrance.NONE, false, null, null);
    }

    public Peer through(Entrance newEntrance) {
        return new Peer(remote, address, local, newEntrance, tls, serverName, certificate);
    }

    public Peer secured(@Nullable String newServerName, @Nullable X509Certificate newCertificate) {
        return new Peer(remote, address, local, entrance, true, newServerName, newCertificate);
    }

    public String scheme() {
        return tls ? "https" : "http";
    }
}
