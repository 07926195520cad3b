package io.sluice.core.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Lays `GATEWAY_FRONTEND_HTTP_PORT=8080` over the files. The rest of the name after the prefix (given
/// once or twice) is matched against the keys without case and separators, so `READTIMEOUT` and
/// `READ_TIMEOUT` both mean `readTimeout`. Lists are comma-separated; maps and lists of objects cannot be
/// set. Empty variables count as not set.
final class EnvironmentNames {
    static final String FILE = "environment";
    private static final int DEEPEST = 10;

    private final String prefix;
    private final Shapes shapes;
    private final Complaints complaints;

    EnvironmentNames(String rootKey, Shapes shapes, Complaints complaints) {
        this.prefix = rootKey.toUpperCase(Locale.ROOT) + "_";
        this.shapes = shapes;
        this.complaints = complaints;
    }

    Tree apply(Class<? extends Record> root, Tree tree, Map<String, String> environment) {
        Tree result = tree;
        Place place = new Place(FILE, 0);
        Shape shape = shapes.of(root);
        for (Map.Entry<String, String> entry : new TreeMap<>(environment).entrySet()) {
            String name = entry.getKey();
            if (!name.startsWith(prefix) || entry.getValue().isEmpty()) {
                continue;
            }
            List<Overrides.Step> steps = find(shape, name.substring(prefix.length()));
            if (steps == null && name.startsWith(prefix + prefix)) {
                steps = find(shape, name.substring(2 * prefix.length()));
            }
            if (steps == null) {
                if (!isServiceLink(name, entry.getValue())) {
                    complaints.warning(place, name, "no such setting" + hint(shape, name));
                }
                continue;
            }
            Tree leaf = new Tree.Leaf(place, entry.getValue(), Tree.Origin.ENVIRONMENT);
            Tree changed = Overrides.put(result, steps, leaf);
            if (changed == null) {
                complaints.error(place, name, "cannot be set, there is a list on the way");
            } else {
                result = changed;
            }
        }
        return result;
    }

    /// Kubernetes gives every pod such variables for a service called "gateway".
    private static boolean isServiceLink(String name, String value) {
        return value.startsWith("tcp://")
                || value.startsWith("udp://")
                || name.contains("_TCP_")
                || name.contains("_UDP_")
                || name.contains("_SERVICE_HOST")
                || name.contains("_SERVICE_PORT");
    }

    private @Nullable List<Overrides.Step> find(Shape shape, String name) {
        return find(shape, Nearest.fold(name), DEEPEST);
    }

    private @Nullable List<Overrides.Step> find(Shape shape, String rest, int depth) {
        if (depth == 0 || rest.isEmpty()) {
            return null;
        }
        for (Slot slot : shape.slots()) {
            List<Overrides.Step> steps = find(slot, rest, depth);
            if (steps != null) {
                return steps;
            }
        }
        for (Unsupported unsupported : shape.unsupported()) {
            for (String key : unsupported.keys()) {
                if (rest.startsWith(Nearest.fold(key))) {
                    return List.of(Overrides.Step.key(List.of(key)));
                }
            }
        }
        return null;
    }

    private @Nullable List<Overrides.Step> find(Slot slot, String rest, int depth) {
        if (slot.is(Slot.Trait.INLINE) && slot.form() instanceof Form.Nested nested) {
            return find(shapes.of(nested.type()), rest, depth - 1);
        }
        for (String name : slot.names()) {
            String folded = Nearest.fold(name);
            if (!rest.startsWith(folded)) {
                continue;
            }
            Overrides.Step step = Overrides.Step.key(slot.names());
            if (rest.length() == folded.length()) {
                if (takesText(slot.form())) {
                    return List.of(step);
                }
            } else if (slot.form() instanceof Form.Nested nested) {
                List<Overrides.Step> below =
                        find(shapes.of(nested.type()), rest.substring(folded.length()), depth - 1);
                if (below != null) {
                    List<Overrides.Step> steps = new ArrayList<>();
                    steps.add(step);
                    steps.addAll(below);
                    return steps;
                }
            }
        }
        return null;
    }

    private boolean takesText(Form form) {
        return switch (form) {
            case Form.Scalar _, Form.Choice _, Form.Anything _ -> true;
            case Form.ListOf list ->
                    list.item() instanceof Form.Scalar || list.item() instanceof Form.Choice;
            case Form.MapOf _ -> false;
            case Form.Nested nested -> shapes.of(nested.type()).shortForm() != null;
        };
    }

    private String hint(Shape shape, String name) {
        List<String> names = new ArrayList<>();
        collect(shape, prefix, names, DEEPEST);
        return Nearest.hint(name, names);
    }

    private void collect(Shape shape, String before, List<String> names, int depth) {
        for (Slot slot : depth == 0 ? List.<Slot>of() : shape.slots()) {
            boolean inline = slot.is(Slot.Trait.INLINE);
            String name = inline ? before : before + slot.key().toUpperCase(Locale.ROOT);
            if (!inline && takesText(slot.form())) {
                names.add(name);
            }
            if (slot.form() instanceof Form.Nested nested) {
                collect(shapes.of(nested.type()), inline ? name : name + "_", names, depth - 1);
            }
        }
    }
}
