package io.sluice.realtime.endpoint.api;

import io.sluice.core.json.JsonWriter;
import io.sluice.net.http.Exchange;
import io.sluice.net.loop.Offload;
import io.sluice.realtime.endpoint.api.Roster.Standing;
import io.sluice.realtime.endpoint.events.Query;
import io.sluice.realtime.hub.ChannelNames;
import io.sluice.realtime.hub.Hub;
import io.sluice.realtime.hub.Member;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// `GET /presence`: who is in a channel. `scope` says of which nodes: `cluster` where a face keeps that, else `node`,
/// with the members of the node that answers. `connections` counts those of this node, also of nobody in particular.
record PresencePage(Hub hub, ChannelNames names, Roster roster) implements Asked.Resource {

    @Override
    public void answer(Exchange exchange, Query query) {
        String channel = HistoryPage.channel(query, names);
        hub.members(channel)
                .whenComplete((members, problem) -> {
                    if (members == null) {
                        Answers.broken(exchange, problem);
                    } else {
                        ask(exchange, channel, members);
                    }
                });
    }

    private void ask(Exchange exchange, String channel, List<Member> members) {
        Offload.call(
                exchange.loop(),
                () -> page(channel, members, roster.of(channel)),
                (page, problem) -> {
                    if (page != null) {
                        Answers.json(exchange, 200, page);
                    } else {
                        Answers.broken(exchange, problem);
                    }
                });
    }

    private static byte[] page(
            String channel, List<Member> members, @Nullable Map<String, Standing> kept) {
        Map<String, Standing> users = kept == null ? here(members) : new TreeMap<>(kept);
        JsonWriter out = new JsonWriter().openObject().name("channel").value(channel);
        out.name("scope").value(kept == null ? "node" : "cluster");
        out.name("connections").value(members.size()).name("users").openArray();
        users.forEach((user, standing) -> {
            out.openObject().name("user").value(user).name("status").value(standing.status());
            out.name("connections").value(standing.connections()).closeObject();
        });
        return out.closeArray().closeObject().toBytes();
    }

    private static Map<String, Standing> here(List<Member> members) {
        Map<String, Standing> users = new TreeMap<>();
        for (Member member : members) {
            String user = member.user();
            if (user != null) {
                users.merge(
                        user,
                        new Standing("online", 1),
                        (known, _) -> new Standing("online", known.connections() + 1));
            }
        }
        return users;
    }
}
