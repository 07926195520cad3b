package io.sluice.bench.realtime;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// All cases about messages.
public final class Messages {
    /// One round differs from the next by up to 15 % here, and some goals are the C loop itself.
    private static final int ROUNDS_FOR_ONE = 2;

    private Messages() {}

    /// Measures the wanted cases one after the other.
    ///
    /// @param root the checkout
    /// @param folder takes programs, configurations and logs
    /// @param wanted by the case's word on the command line
    /// @param rounds of handshakes; broadcasts have twice as many
    public static List<Section> measure(
            Path root, Path folder, Predicate<String> wanted, int rounds, int seconds) {
        Programs programs = new Programs(root, folder);
        List<Section> sections = new ArrayList<>();
        if (!wantsAny(wanted)) {
            return sections;
        }
        @Nullable String reason = programs.compile();
        if (reason != null) {
            System.out.printf("messages: skipped: %s%n", reason);
            return sections;
        }
        for (Broadcast row : Broadcast.ALL) {
            if (wanted.test(row.id())) {
                System.out.printf("%s: %s%n", row.id(), row.title());
                sections.add(
                        new BroadcastRuns(programs, ROUNDS_FOR_ONE * rounds, seconds).measure(row));
            }
        }
        if (wanted.test(IdleSockets.ID)) {
            System.out.printf("%s: memory%n", IdleSockets.ID);
            sections.add(new IdleSockets(programs).measure());
        }
        if (wanted.test(HandshakeRuns.ID)) {
            System.out.printf("%s: handshakes with a token%n", HandshakeRuns.ID);
            sections.add(new HandshakeRuns(programs, rounds, seconds).measure());
        }
        sections.forEach(section -> System.out.println(section.markdown()));
        return sections;
    }

    private static boolean wantsAny(Predicate<String> wanted) {
        return Broadcast.ALL.stream().map(Broadcast::id).anyMatch(wanted)
                || wanted.test(IdleSockets.ID)
                || wanted.test(HandshakeRuns.ID);
    }
}
