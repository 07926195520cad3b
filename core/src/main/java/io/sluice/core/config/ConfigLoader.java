package io.sluice.core.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a configuration into records. Mistakes of the user never throw: each becomes a [Complaint].
/// For one thread; may be used again, the record types are read only once.
public final class ConfigLoader<T extends Record> {
    private final String rootKey;
    private final Class<T> type;
    private final Conversions conversions = new Conversions();
    private final Shapes shapes = new Shapes(conversions);
    private final Top top;

    /// What stands at the top of a text.
    private enum Top {
        ROOT_KEY,
        KEYS
    }

    private ConfigLoader(String rootKey, Class<T> type, Top top) {
        this.top = top;
        this.rootKey = rootKey;
        this.type = type;
    }

    /// @param rootKey the only key at the top of the text, also the prefix of environment variables
    public static <T extends Record> ConfigLoader<T> of(String rootKey, Class<T> type) {
        return new ConfigLoader<>(rootKey, type, Top.ROOT_KEY);
    }

    /// For a text beside the configuration that holds the keys of the record right at its top. Neither variables of the
    /// environment nor settings go over it.
    ///
    /// @param name stands before its keys in complaints
    public static <T extends Record> ConfigLoader<T> beside(String name, Class<T> type) {
        return new ConfigLoader<>(name, type, Top.KEYS);
    }

    /// Teaches a further scalar type; before the first load.
    public ConfigLoader<T> with(Class<?> scalar, Conversion conversion) {
        conversions.add(scalar, conversion);
        return this;
    }

    /// Reads everything and reports everything.
    public Loaded<T> load(ConfigInput input) {
        Complaints complaints = new Complaints();
        List<String> files = new ArrayList<>();
        Map<String, Path> directories = new HashMap<>();
        for (ConfigSource source : input.sources()) {
            files.add(source.name());
            directories.put(source.name(), source.directory());
        }
        files.add(EnvironmentNames.FILE);
        files.add(Settings.FILE);
        Places places = new Places(new Place(files.getFirst(), 0));
        T bound = null;
        Tree tree = tree(input, complaints);
        if (tree != null) {
            if (top == Top.ROOT_KEY) {
                tree = over(tree, input, complaints);
            }
            References references = new References(input.environment(), directories, complaints);
            Binder binder = new Binder(shapes, references, complaints, places);
            bound = type.cast(binder.bind(new Form.Nested(type), tree, rootKey, false));
        }
        return new Loaded<>(bound, complaints.sorted(files), places);
    }

    private Tree over(Tree tree, ConfigInput input, Complaints complaints) {
        Tree set =
                new EnvironmentNames(rootKey, shapes, complaints)
                        .apply(type, tree, input.environment());
        return new Settings(rootKey, shapes, complaints).apply(type, set, input.settings());
    }

    /// What stands below the root key in all sources together; null after a complaint.
    private @Nullable Tree tree(ConfigInput input, Complaints complaints) {
        Tree merged = null;
        boolean readable = true;
        for (ConfigSource source : input.sources()) {
            Tree below =
                    source.problem() == null
                            ? read(source, complaints)
                            : refuse(source, complaints);
            if (below == null) {
                readable = false;
            } else {
                merged = merged == null ? below : Overrides.merge(merged, below);
            }
        }
        if (!readable) {
            return null;
        }
        return merged == null ? Tree.Fields.empty(new Place(EnvironmentNames.FILE, 0)) : merged;
    }

    private static @Nullable Tree refuse(ConfigSource source, Complaints complaints) {
        complaints.error(new Place(source.name(), 0), "", String.valueOf(source.problem()));
        return null;
    }

    private @Nullable Tree read(ConfigSource source, Complaints complaints) {
        Place whole = new Place(source.name(), 1);
        Complaints syntax = new Complaints();
        Tree tree = YamlReader.read(source.name(), source.text(), syntax);
        for (Complaint complaint : syntax.sorted(List.of())) {
            complaints.add(complaint);
        }
        if (tree instanceof Tree.Fields fields) {
            return top == Top.KEYS ? fields : belowRoot(fields, complaints);
        }
        if (syntax.sorted(List.of()).isEmpty()) {
            complaints.error(
                    tree == null ? whole : tree.place(),
                    "",
                    top == Top.KEYS
                            ? "found no keys, expected a map"
                            : "everything belongs under the key `"
                                    + rootKey
                                    + "`, which is missing");
        }
        return null;
    }

    /// Keys that start with `x-` are left alone: they hold anchors for use elsewhere in the text.
    private @Nullable Tree belowRoot(Tree.Fields top, Complaints complaints) {
        boolean strange = false;
        for (Map.Entry<String, Tree.Field> entry : top.entries().entrySet()) {
            String key = entry.getKey();
            if (!key.equals(rootKey) && !key.startsWith("x-")) {
                strange = true;
                String hint = Nearest.hint(key, List.of(rootKey));
                complaints.error(
                        entry.getValue().place(),
                        key,
                        "unknown key; everything belongs under `" + rootKey + "`" + hint);
            }
        }
        Tree.Field root = top.entries().get(rootKey);
        if (root == null) {
            if (!strange) {
                complaints.error(top.place(), rootKey, "the root key `" + rootKey + "` is missing");
            }
            return null;
        }
        return Binder.isNull(root.value()) ? Tree.Fields.empty(root.place()) : root.value();
    }
}
