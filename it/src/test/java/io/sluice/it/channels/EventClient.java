package io.sluice.it.channels;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A subscriber over HTTP/1.1.
final class EventClient implements AutoCloseable {
    private static final Pattern PLACE =
            Pattern.compile("\"offset\":(\\d+),\"epoch\":\"([^\"]+)\"");

    private final RawClient client;
    private final BufferedReader lines;

    /// One event as it came.
    record Event(@Nullable String id, @Nullable String name, String data) {
        /// The place its data names, as an id.
        String place() {
            Matcher place = PLACE.matcher(data);
            assertThat(place.find()).as(data).isTrue();
            return place.group(1) + '@' + place.group(2);
        }
    }

    private EventClient(RawClient client, BufferedReader lines) {
        this.client = client;
        this.lines = lines;
    }

    /// Subscribed; nothing read behind the head.
    static EventClient open(int port, String target, String... fields) {
        RawClient client = RawClient.connect(port).request("GET " + target + " HTTP/1.1", fields);
        RawResponse head = client.head();
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Type")).isEqualTo("text/event-stream");
        BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(client.body(head), StandardCharsets.UTF_8));
        return new EventClient(client, lines);
    }

    /// Subscribed, and past the event that says so.
    static EventClient joined(int port, String channel) {
        EventClient client = open(port, "/events?channel=" + channel);
        assertThat(client.next().name()).isEqualTo("joined");
        return client;
    }

    /// The next event; comments and `retry` are passed over. Null at the end.
    @Nullable Event nextOrEnd() {
        String id = null;
        String name = null;
        String data = null;
        try {
            while (true) {
                String line = lines.readLine();
                if (line == null) {
                    return null;
                }
                if (line.isEmpty() && data != null) {
                    return new Event(id, name, data);
                }
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data = line.substring(6);
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    Event next() {
        Event event = nextOrEnd();
        if (event == null) {
            throw new AssertionError("the stream ended, expected an event");
        }
        return event;
    }

    @Override
    public void close() {
        client.close();
    }
}
