package io.sluice.realtime.endpoint.api;

import io.sluice.core.json.JsonWriter;
import io.sluice.net.http.Exchange;
import io.sluice.net.loop.Offload;
import io.sluice.realtime.endpoint.api.ChannelRoster.Standing;
import io.sluice.realtime.endpoint.events.Query;
import io.sluice.realtime.hub.ChannelNames;
import io.sluice.realtime.hub.Hub;
import io.sluice.realtime.hub.Member;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// `GET /presence`: who is in a channel. `scope` says of which nodes: `cluster` where a face keeps that, else `node`,
/// with the members of the node that answers. `connections` counts those of this node, also of nobody in particular, and
/// `members` and `sessions` list those of this node, at most `limit` of each.
record PresencePage(Hub hub, ChannelNames names, ChannelRoster roster) implements Asked.Resource {

    private static final int PAGE = 100;
    private static final int LONGEST_PAGE = 1_000;

    private record Wanted(String channel, int limit) {}

    @Override
    public void answer(Exchange exchange, Query query) {
        String channel = HistoryPage.channel(query, names);
        Wanted wanted = new Wanted(channel, query.number("limit", PAGE, 1, LONGEST_PAGE));
        hub.members(channel)
                .whenComplete((members, problem) -> {
                    if (members == null) {
                        Answers.broken(exchange, problem);
                    } else {
                        ask(exchange, wanted, members);
                    }
                });
    }

    private void ask(Exchange exchange, Wanted wanted, List<Member> members) {
        Offload.call(
                exchange.loop(),
                () -> page(wanted, members),
                (page, problem) -> {
                    if (page != null) {
                        Answers.json(exchange, 200, page);
                    } else {
                        Answers.broken(exchange, problem);
                    }
                });
    }

    private byte[] page(Wanted wanted, List<Member> members) {
        String channel = wanted.channel();
        Map<String, Standing> kept = roster.of(channel);
        Map<String, Standing> users = kept == null ? here(members) : new TreeMap<>(kept);
        JsonWriter out = new JsonWriter().openObject().name("channel").value(channel);
        out.name("scope").value(kept == null ? "node" : "cluster");
        out.name("connections").value(members.size()).name("users").openArray();
        users.forEach((user, standing) -> {
            out.openObject().name("user").value(user).name("status").value(standing.status());
            out.name("connections").value(standing.connections()).closeObject();
        });
        out.closeArray().name("members").openArray();
        members.stream()
                .sorted(Comparator.comparingLong(Member::openedAt))
                .limit(wanted.limit())
                .forEach(member -> write(out, member));
        out.closeArray().name("sessions").openArray();
        roster.sessions(channel).stream()
                .limit(wanted.limit())
                .forEach(session -> write(out, session));
        return out.closeArray().closeObject().toBytes();
    }

    private static void write(JsonWriter out, Member member) {
        out.openObject().name("connection").value(member.id().text());
        out.name("face").value(member.face()).name("user");
        String user = member.user();
        if (user == null) {
            out.nothing();
        } else {
            out.value(user);
        }
        out.name("address").value(member.clientAddress());
        out.name("openedAt").value(member.openedAt()).closeObject();
    }

    private static void write(JsonWriter out, ChannelRoster.Session session) {
        out.openObject().name("id").value(session.id());
        out.name("meta").raw(session.meta().getBytes(StandardCharsets.UTF_8));
        out.name("createdAt").value(session.createdAt());
        out.name("updatedAt").value(session.updatedAt()).closeObject();
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
