package io.sluice.proxy.forward.http;

import io.sluice.net.dial.Origin;
import io.sluice.net.http.RequestHead;
import io.sluice.proxy.attempt.HeadRewrite;
import io.sluice.proxy.upstream.Instance;

/// Which authority the service sees. Everything else of the head was settled by the edge's filters and passes as it
/// is, `Expect` included: the service itself answers 100 or refuses.
public enum HostRewrite implements HeadRewrite {
    /// The client's, so that links and cookies of the service fit.
    PRESERVE {
        @Override
        public RequestHead rewrite(RequestHead head, Instance instance) {
            return head;
        }
    },
    /// The instance's own, for services that serve several hosts and know only their own names.
    INSTANCE {
        @Override
        public RequestHead rewrite(RequestHead head, Instance instance) {
            Origin origin = instance.origin();
            return head.withAuthority(origin.tls() == null ? "http" : "https", authority(origin));
        }
    };

    private static String authority(Origin origin) {
        String name = origin.serverName() == null ? origin.host() : origin.serverName();
        String host = name.indexOf(':') >= 0 ? '[' + name + ']' : name;
        int standard = origin.tls() == null ? 80 : 443;
        return origin.port() == standard ? host : host + ':' + origin.port();
    }
}
