package io.sluice.it.chat;

import io.sluice.it.RunningGateway;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

/// A configuration with both faces and the server API, and calls of that.
final class BothFaces {
    private static final String KEY = "a-key-for-tests";

    static final String TEXT =
            """
            gateway:
              realtime:
                rt:
                  enabled: true
                chat:
                  enabled: true
                  secret: %s
                api:
                  enabled: true
                  keys: {backend: %s}
            """
                    .formatted(ChatTokens.SECRET, KEY);

    private BothFaces() {}

    static HttpResponse<String> get(RunningGateway gateway, String target) {
        return gateway.get(target, "X-API-Key", KEY);
    }

    static HttpResponse<String> post(RunningGateway gateway, String path, String body) {
        return gateway.send(
                HttpRequest.newBuilder(gateway.uri(path))
                        .header("X-API-Key", KEY)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build());
    }
}
