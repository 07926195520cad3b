package io.sluice.it.channels;

import io.sluice.it.RunningGateway;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

/// Calls of the server API.
final class ChannelCalls {
    static final String KEY = "a-key-for-tests";

    /// A gateway with a public channel `demo` that rt calls `demo` too, history, and [#KEY].
    static final String CONFIG =
            """
            gateway:
              metrics: {enabled: true}
              realtime:
                rt: {enabled: true}
                channels:
                  demo: {rt: demo}
                history:
                  demo: {size: 50}
                api:
                  enabled: true
                  publicChannels: [demo, "open:*"]
                  keys:
                    backend: a-key-for-tests
            """;

    private ChannelCalls() {}

    static HttpResponse<String> post(
            RunningGateway gateway, String path, String body, String... fields) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(gateway.uri(path))
                        .header("X-API-Key", KEY)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body));
        if (fields.length > 0) {
            request.headers(fields);
        }
        return gateway.send(request.build());
    }

    static HttpResponse<String> get(RunningGateway gateway, String target) {
        return gateway.get(target, "X-API-Key", KEY);
    }

    static void publish(RunningGateway gateway, String channel, String data) {
        HttpResponse<String> answer =
                post(
                        gateway,
                        "/publish",
                        "{\"channel\":\"" + channel + "\",\"data\":" + data + "}");
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.body());
        }
    }
}
