package io.sluice.realtime.endpoint.events;

import io.sluice.core.config.Checked;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import io.sluice.core.config.Range;
import io.sluice.net.sse.SseConfig;
import java.util.List;
import java.util.function.BiConsumer;

/// The part of `gateway.realtime.api` about event streams.
public record EventsConfig(
        @Doc("Path of the event streams.") @Default("/events") String eventsPath,
        @Doc("Channels that everybody may listen to; * at the end stands for any rest.")
                List<String> publicChannels,
        @Doc(
                        "Channels that users with a credential of auth may listen to; {user} stands for the subject. Keys of this section may listen to all.")
                List<String> userChannels,
        @Doc("Channels of one stream.") @Default("10") @Range(min = 1, max = 100)
                int channelsPerStream,
        @Doc("Signs of life, and when to come back.") SseConfig sse)
        implements Checked {

    public EventsConfig {
        publicChannels = List.copyOf(publicChannels);
        userChannels = List.copyOf(userChannels);
    }

    @Override
    public void check(BiConsumer<String, String> problem) {
        if (!eventsPath.startsWith("/") || eventsPath.endsWith("/")) {
            problem.accept("eventsPath", "'" + eventsPath + "', expected a path such as /events");
        }
        publicChannels.forEach(pattern -> check("publicChannels", pattern, problem));
        userChannels.forEach(pattern -> check("userChannels", pattern, problem));
    }

    private static void check(String key, String pattern, BiConsumer<String, String> problem) {
        int star = pattern.indexOf('*');
        if (!ChannelName.isValid(pattern) || (star >= 0 && star < pattern.length() - 1)) {
            problem.accept(
                    key, "'" + pattern + "', expected a channel, or a beginning followed by *");
        }
    }
}
