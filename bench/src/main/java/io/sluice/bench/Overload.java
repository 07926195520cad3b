package io.sluice.bench;

import io.sluice.bench.process.SignedTokens;
import io.sluice.bench.realtime.Programs;
import io.sluice.bench.realtime.Section;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The cases about overload: more requests than can be served, and everybody coming back at once.
///
/// @param folder takes programs, configurations and logs
record Overload(Path root, Path folder) {

    /// Measures the wanted cases one after the other.
    ///
    /// @param wanted by the case's word on the command line
    List<Section> measure(Predicate<String> wanted) throws IOException {
        List<Section> sections = new ArrayList<>();
        List<Scene> scenes =
                List.of(Scene.values()).stream().filter(scene -> wanted.test(scene.id())).toList();
        boolean returns = wanted.test(Reconnect.ID);
        if (scenes.isEmpty() && !returns) {
            return sections;
        }
        Programs programs = new Programs(root, folder);
        @Nullable String reason = programs.compile();
        if (reason != null) {
            System.out.printf("overload: skipped: %s%n", reason);
            return sections;
        }
        for (Scene scene : scenes) {
            System.out.printf("%s: %s%n", scene.id(), scene.title());
            sections.add(measure(scene, programs));
        }
        if (returns) {
            System.out.printf("%s: %s%n", Reconnect.ID, Reconnect.TITLE);
            sections.add(new Reconnect(root, programs).measure());
        }
        sections.forEach(section -> System.out.println(section.markdown()));
        return sections;
    }

    private Section measure(Scene scene, Programs programs) throws IOException {
        List<String> client = new ArrayList<>(List.of("path=/bench/1024", "length=1024"));
        Map<String, String> values = new HashMap<>();
        if (scene == Scene.GATEWAY) {
            SignedTokens tokens = SignedTokens.make(folder);
            values.put("token_key", tokens.key().toString());
            client.add("tokens=" + tokens.tokens());
        }
        List<Storm> storms = new ArrayList<>();
        for (Peer peer : scene.peers(root)) {
            if (!peer.installed()) {
                System.out.printf("  without %s: not installed%n", peer.name());
                continue;
            }
            try (Origin origin = scene == Scene.SERVICE ? new Origin(new Crew()) : new Origin()) {
                values.putAll(
                        Map.of(
                                "folder",
                                folder.toString(),
                                "origin",
                                Integer.toString(origin.port()),
                                "workers",
                                Integer.toString(Crew.WORKERS)));
                storms.add(storm(scene, peer, programs, values, client));
            }
        }
        return new OverloadReport(scene, storms).section();
    }

    private Storm storm(
            Scene scene,
            Peer peer,
            Programs programs,
            Map<String, String> values,
            List<String> client) {
        try (Running running = Running.start(peer, folder, Runs.gatewayCore(), values);
                OpenLoop load = OpenLoop.start(programs, running.port(), client)) {
            return new StormRun(peer, load).measure(scene.startRate());
        }
    }
}
