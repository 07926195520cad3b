package io.sluice.core.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Speaks up about keys that no component of a record takes.
final class Strangers {
    private static final int SAMPLE = 6;

    private final Shapes shapes;
    private final Complaints complaints;
    private final Map<Class<?>, Set<String>> keys = new HashMap<>();

    Strangers(Shapes shapes, Complaints complaints) {
        this.shapes = shapes;
        this.complaints = complaints;
    }

    /// Every key and alias that stands in the map of this record, those of inlined records included.
    Set<String> keys(Shape shape) {
        Set<String> found = keys.get(shape.type());
        if (found == null) {
            found = new LinkedHashSet<>();
            for (Slot slot : shape.slots()) {
                if (slot.is(Slot.Trait.INLINE) && slot.form() instanceof Form.Nested nested) {
                    found.addAll(keys(shapes.of(nested.type())));
                } else {
                    found.addAll(slot.names());
                }
            }
            keys.put(shape.type(), found);
        }
        return found;
    }

    /// Some of the keys, to say what kind of map is expected.
    String sample(Shape shape) {
        return mainKeys(shape).limit(SAMPLE).collect(Collectors.joining(", "));
    }

    private Stream<String> mainKeys(Shape shape) {
        return shape.slots().stream()
                .flatMap(slot ->
                        slot.is(Slot.Trait.INLINE) && slot.form() instanceof Form.Nested nested
                                ? mainKeys(shapes.of(nested.type()))
                                : Stream.of(slot.key()));
    }

    void report(Shape shape, Tree.Fields fields, String path) {
        Set<String> known = keys(shape);
        Map<Unsupported, List<String>> withoutEffect = new HashMap<>();
        List<Unsupported> declared = unsupported(shape);
        for (Map.Entry<String, Tree.Field> entry : fields.entries().entrySet()) {
            String key = entry.getKey();
            if (known.contains(key)) {
                continue;
            }
            Unsupported unsupported = find(declared, key);
            if (unsupported == null) {
                complaints.error(
                        entry.getValue().place(),
                        path + "." + key,
                        "unknown key" + hint(key, known, declared));
            } else if (hasEffect(entry.getValue().value())) {
                withoutEffect.computeIfAbsent(unsupported, _ -> new ArrayList<>()).add(key);
            }
        }
        withoutEffect.forEach((reason, names) -> warn(reason, names, fields, path));
    }

    private void warn(Unsupported reason, List<String> names, Tree.Fields fields, String path) {
        Tree.Field first = fields.entries().get(names.getFirst());
        if (first != null) {
            String others =
                    names.size() == 1
                            ? ""
                            : " (also " + String.join(", ", names.subList(1, names.size())) + ")";
            complaints.warning(
                    first.place(),
                    path + "." + names.getFirst(),
                    "not supported, has no effect" + others + ": " + reason.why());
        }
    }

    /// A section that is switched off, and a key without a value, would do nothing anywhere.
    private static boolean hasEffect(Tree value) {
        if (value instanceof Tree.Fields fields) {
            Tree.Field enabled = fields.entries().get("enabled");
            return enabled == null
                    || !(enabled.value() instanceof Tree.Leaf leaf)
                    || !leaf.text().equals("false");
        }
        return !Binder.isNull(value);
    }

    private List<Unsupported> unsupported(Shape shape) {
        List<Unsupported> all = new ArrayList<>(shape.unsupported());
        for (Slot slot : shape.slots()) {
            if (slot.is(Slot.Trait.INLINE) && slot.form() instanceof Form.Nested nested) {
                all.addAll(unsupported(shapes.of(nested.type())));
            }
        }
        return all;
    }

    private static @Nullable Unsupported find(List<Unsupported> declared, String key) {
        for (Unsupported unsupported : declared) {
            for (String name : unsupported.keys()) {
                if (name.equals(key)) {
                    return unsupported;
                }
            }
        }
        return null;
    }

    private static String hint(String key, Set<String> known, List<Unsupported> declared) {
        String hint = Nearest.hint(key, known);
        if (hint.isEmpty()) {
            Set<String> others = new LinkedHashSet<>();
            for (Unsupported unsupported : declared) {
                others.addAll(List.of(unsupported.keys()));
            }
            hint = Nearest.hint(key, others);
        }
        if (!hint.isEmpty() || known.isEmpty()) {
            return hint;
        }
        List<String> first = new ArrayList<>(known).subList(0, Math.min(known.size(), 2 * SAMPLE));
        return "; known here: "
                + String.join(", ", first)
                + (first.size() < known.size() ? ", …" : "");
    }
}
