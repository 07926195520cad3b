package io.sluice.realtime.endpoint.api;

import io.sluice.core.json.JsonWriter;
import io.sluice.net.http.Exchange;
import io.sluice.net.loop.Offload;
import io.sluice.realtime.endpoint.events.Query;
import io.sluice.realtime.hub.Occupancy;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// `GET /channels`: which channels have members, and how many on all nodes together. By name; `prefix` narrows it,
/// `limit` is the length of a page, and `cursor` the `next` of the page before.
record ChannelList(Occupancy occupancy) implements Asked.Resource {
    private static final int PAGE = 100;
    private static final int LONGEST_PAGE = 1_000;

    private record Wanted(String prefix, @Nullable String after, int limit) {}

    @Override
    public void answer(Exchange exchange, Query query) {
        String prefix = query.one("prefix");
        Wanted wanted =
                new Wanted(
                        prefix == null ? "" : prefix,
                        query.one("cursor"),
                        query.number("limit", PAGE, 1, LONGEST_PAGE));
        Offload.call(
                exchange.loop(),
                () -> page(occupancy.count(), wanted),
                (page, problem) -> {
                    if (page != null) {
                        Answers.json(exchange, 200, page);
                    } else {
                        Answers.broken(exchange, problem);
                    }
                });
    }

    private static byte[] page(Occupancy.Count count, Wanted wanted) {
        TreeMap<String, Integer> members = new TreeMap<>(count.members());
        String after = wanted.after();
        boolean further = after != null && after.compareTo(wanted.prefix()) >= 0;
        Map<String, Integer> rest =
                after != null && further
                        ? members.tailMap(after, false)
                        : members.tailMap(wanted.prefix(), true);
        JsonWriter out = new JsonWriter().openObject().name("channels").openArray();
        int listed = 0;
        String last = null;
        String next = null;
        for (Map.Entry<String, Integer> entry : rest.entrySet()) {
            if (!entry.getKey().startsWith(wanted.prefix())) {
                break;
            }
            if (listed == wanted.limit()) {
                next = last;
                break;
            }
            last = entry.getKey();
            out.openObject().name("channel").value(last);
            out.name("members").value(entry.getValue()).closeObject();
            listed++;
        }
        out.closeArray().name("next");
        (next == null ? out.nothing() : out.value(next)).name("missingNodes").openArray();
        count.missingNodes().forEach(out::value);
        return out.closeArray().closeObject().toBytes();
    }
}
