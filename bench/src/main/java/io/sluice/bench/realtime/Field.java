package io.sluice.bench.realtime;

import io.sluice.bench.realtime.Contestant.Need;
import io.sluice.bench.realtime.Contestant.Talk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// All contestants of one case, started, each with its own client; who cannot take part is left out with the reason.
record Field(List<Entry> entries) implements AutoCloseable {

    /// A contestant that runs.
    record Entry(Contestant contestant, Server server, Client client) {}

    /// What all contestants are told alike.
    ///
    /// @param nodes processes of each server
    /// @param perRoom members of a room
    record Terms(Talk talk, int nodes, int perRoom) {}

    static Field enter(Programs programs, List<Contestant> contestants, Terms terms) {
        Field field = new Field(new ArrayList<>());
        for (Contestant contestant : contestants) {
            String reason = missing(programs, contestant.needs());
            if (reason == null) {
                field.attempt(contestant, () -> field.add(programs, contestant, terms));
            } else {
                System.out.printf("  without %s: %s%n", contestant.name(), reason);
            }
        }
        return field;
    }

    private void add(Programs programs, Contestant contestant, Terms terms) {
        Server server = Server.start(contestant, programs, terms.nodes());
        List<String> talk =
                new ArrayList<>(contestant.talks().getOrDefault(terms.talk(), List.of()));
        talk.add("room=" + terms.perRoom());
        try {
            entries.add(new Entry(contestant, server, Client.start(programs, server, talk)));
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /// Does something with every entry; who fails is stopped and takes no further part.
    void each(Consumer<Entry> action) {
        for (Entry entry : List.copyOf(entries)) {
            attempt(entry.contestant(), () -> action.accept(entry));
        }
    }

    private void attempt(Contestant contestant, Runnable action) {
        try {
            action.run();
        } catch (IllegalStateException e) {
            System.out.printf("  without %s: %s%n", contestant.name(), e.getMessage());
            find(contestant).ifPresent(this::drop);
        }
    }

    private Optional<Entry> find(Contestant contestant) {
        return entries.stream().filter(entry -> entry.contestant().equals(contestant)).findFirst();
    }

    private void drop(Entry entry) {
        entry.client().close();
        entry.server().close();
        entries.remove(entry);
    }

    private static @Nullable String missing(Programs programs, Need need) {
        return switch (need) {
            case NOTHING -> null;
            case NODE -> programs.installNode();
            case NCHAN -> programs.missingNchan();
        };
    }

    @Override
    public void close() {
        List.copyOf(entries).forEach(this::drop);
    }
}
