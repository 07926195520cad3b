package io.sluice.proxy.upstream.health;

import io.sluice.core.fail.Failure;
import io.sluice.net.dial.AnswerListener;
import io.sluice.net.dial.Dialer;
import io.sluice.net.dial.Origin;
import io.sluice.net.dial.OriginConnection;
import io.sluice.net.http.BodySource;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Headers;
import io.sluice.net.http.Method;
import io.sluice.net.http.Protocol;
import io.sluice.net.http.RequestHead;
import io.sluice.net.http.ResponseHead;
import io.sluice.net.loop.Loop;
import io.sluice.net.loop.Timer;
import io.sluice.proxy.upstream.discovery.HealthCheckConfig;
import org.jspecify.annotations.Nullable;

/// One active check under way. Loop thread only.
final class DialCheck implements Dialer.DialListener, AnswerListener {
    private final Origin origin;
    private final HealthCheckConfig config;
    private final Probe.Result result;
    private final Loop loop;
    private @Nullable Timer timer;
    private @Nullable OriginConnection connection;
    private boolean over;

    DialCheck(Loop loop, Origin origin, HealthCheckConfig config, Probe.Result result) {
        this.loop = loop;
        this.origin = origin;
        this.config = config;
        this.result = result;
    }

    void start(Dialer dialer) {
        Timer limit = loop.timers().timer(() -> end("no answer in time"));
        timer = limit;
        limit.in(config.pace().timeout().toNanos());
        dialer.dial(origin, loop, this);
    }

    @Override
    public void connected(OriginConnection opened) {
        connection = opened;
        if (over) {
            opened.close();
        } else if (config.type() == HealthCheckConfig.Type.TCP) {
            end(null);
        } else {
            opened.send(request(), 0, this);
        }
    }

    private RequestHead request() {
        int mark = config.path().indexOf('?');
        String path = mark < 0 ? config.path() : config.path().substring(0, mark);
        String query = mark < 0 ? null : config.path().substring(mark + 1);
        Headers headers = new Headers();
        headers.set(HeaderName.USER_AGENT, "sluice-health");
        headers.set(HeaderName.ACCEPT, "*/*");
        return new RequestHead(
                Method.GET,
                origin.tls() == null ? "http" : "https",
                authority(),
                path,
                query,
                Protocol.HTTP_1_1,
                headers);
    }

    private String authority() {
        String host = config.host();
        if (host != null) {
            return host;
        }
        String name = origin.serverName() == null ? origin.host() : origin.serverName();
        return (name.indexOf(':') < 0 ? name : '[' + name + ']') + ':' + origin.port();
    }

    @Override
    public void failed(Failure failure) {
        end(failure.message());
    }

    @Override
    public void informational(ResponseHead head) {}

    @Override
    public void answered(ResponseHead head, BodySource body) {
        body.discard();
        end(config.well(head.status()) ? null : "status " + head.status());
    }

    @Override
    public void failed(Failure failure, boolean replyStarted) {
        end(failure.message());
    }

    @Override
    public void finished(boolean reusable) {}

    private void end(@Nullable String failure) {
        if (over) {
            return;
        }
        over = true;
        if (timer != null) {
            timer.close();
        }
        if (connection != null) {
            connection.close();
        }
        result.done(failure);
    }
}
