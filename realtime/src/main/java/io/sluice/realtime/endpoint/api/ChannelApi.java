package io.sluice.realtime.endpoint.api;

import io.sluice.net.http.Handler;
import io.sluice.realtime.dialect.FaceContext;
import io.sluice.realtime.endpoint.events.EventText;
import io.sluice.realtime.hub.Hub;
import io.sluice.realtime.hub.Occupancy;
import java.util.List;

/// The resources of the server API.
public final class ChannelApi {
    /// What this API can tell from.
    public record Sources(EventText texts, Occupancy occupancy, ChannelRoster roster) {}

    /// One of them.
    ///
    /// @param id also its metric label
    public record Resource(String id, String path, Handler handler) {}

    private ChannelApi() {}

    /// All of them, for callers that were found entitled before.
    public static List<Resource> resources(ApiConfig config, FaceContext context, Sources sources) {
        Hub hub = context.hub();
        IdempotencyKeys idempotency =
                new IdempotencyKeys(context.loops().getFirst().ticker(), context.bus());
        Publisher publisher =
                new Publisher(hub, config.maxMessage(), idempotency, context.metrics());
        String base = config.basePath();
        return List.of(
                post(
                        config,
                        base,
                        "publish",
                        (exchange, call) -> {
                            Fields fields = new Fields(call.body());
                            String channel = fields.channel(context.names());
                            publisher.publish(exchange, call, fields, List.of(channel));
                        }),
                post(
                        config,
                        base,
                        "broadcast",
                        (exchange, call) -> {
                            Fields fields = new Fields(call.body());
                            List<String> channels =
                                    fields.channels(context.names(), config.maxChannels());
                            publisher.publish(exchange, call, fields, channels);
                        }),
                post(config, base, "disconnect", new Disconnecting(hub)),
                get(base, "channels", new ChannelList(sources.occupancy())),
                get(base, "presence", new PresencePage(hub, context.names(), sources.roster())),
                get(base, "history", new HistoryPage(hub, context.names(), sources.texts())));
    }

    private static Resource post(
            ApiConfig config, String base, String name, Posted.Resource resource) {
        return new Resource(name, base + '/' + name, new Posted(resource, config.maxBody()));
    }

    private static Resource get(String base, String name, Asked.Resource resource) {
        return new Resource(name, base + '/' + name, new Asked(resource));
    }
}
