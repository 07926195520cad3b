package io.sluice.core.config;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What holds for every configuration record: it binds from its required keys alone, every key has a
/// sentence in the reference, and every key (and every alias) can be set to a value that is not its default.
///
/// `ConfigContract.of(CorsConfig.class).verify()` in the test of each record; records nested in it are
/// looked at too.
public final class ConfigContract {
    private static final String ROOT = "root";

    private final Class<? extends Record> type;
    private final Map<String, String> samples = new HashMap<>();
    private final Map<String, String> required = new HashMap<>();
    private final Set<String> problems = new LinkedHashSet<>();
    private final Shapes shapes = new Shapes(new Conversions());

    private ConfigContract(Class<? extends Record> type) {
        this.type = type;
    }

    public static ConfigContract of(Class<? extends Record> type) {
        return new ConfigContract(type);
    }

    /// A value the record does not do without, as one line of YAML; also used for records nested in it.
    public ConfigContract required(String key, String yaml) {
        required.put(key, yaml);
        return this;
    }

    /// The same for the key of one record only.
    public ConfigContract required(Class<? extends Record> owner, String key, String yaml) {
        required.put(owner.getName() + "." + key, yaml);
        return this;
    }

    private @Nullable String required(Shape shape, String key) {
        String own = required.get(shape.type().getName() + "." + key);
        return own == null ? required.get(key) : own;
    }

    /// The value to try for a key that does not take just any of its type, as one line of YAML.
    public ConfigContract sample(String key, String yaml) {
        samples.put(key, yaml);
        return this;
    }

    public void verify() {
        verify(type);
        if (!problems.isEmpty()) {
            throw new AssertionError(String.join("\n", problems));
        }
    }

    private void verify(Class<? extends Record> record) {
        Loaded<?> standard = load(record, Map.of());
        if (standard.draft() == null || standard.hasErrors()) {
            problems.add(
                    record + " does not bind from its required keys: " + standard.complaints());
            return;
        }
        slots(record, Objects.requireNonNull(standard.draft()));
    }

    private void slots(Class<? extends Record> record, Record standard) {
        for (Slot slot : shapes.of(record).slots()) {
            if (slot.is(Slot.Trait.INLINE) && slot.form() instanceof Form.Nested nested) {
                verify(nested.type());
                continue;
            }
            if (slot.doc().isEmpty() && !(slot.form() instanceof Form.Nested)) {
                problems.add(record + ": `" + slot.key() + "` has no @Doc");
            }
            for (String name : slot.names()) {
                takes(record, slot, name, standard);
            }
            nested(slot.form());
        }
    }

    private void nested(Form form) {
        switch (form) {
            case Form.Nested nested -> verify(nested.type());
            case Form.ListOf list -> nested(list.item());
            case Form.MapOf map -> nested(map.value());
            case Form.Scalar _, Form.Choice _, Form.Anything _ -> {}
        }
    }

    private void takes(Class<? extends Record> record, Slot slot, String name, Record standard) {
        Object before = value(standard, slot);
        for (String yaml : candidates(slot)) {
            Map<String, String> keys = new HashMap<>();
            keys.put(name, yaml);
            Record changed = load(record, without(keys, slot)).draft();
            if (changed != null && !Objects.equals(before, value(changed, slot))) {
                return;
            }
        }
        problems.add(record + ": `" + name + "` cannot be set to another value than " + before);
    }

    /// Required keys spelled otherwise must not stand beside the spelling under test.
    private static Map<String, String> without(Map<String, String> keys, Slot slot) {
        for (String name : slot.names()) {
            keys.putIfAbsent(name, "");
        }
        return keys;
    }

    private static @Nullable Object value(Record record, Slot slot) {
        for (var component : record.getClass().getRecordComponents()) {
            Alias alias = component.getAnnotation(Alias.class);
            boolean renamed = alias != null && List.of(alias.value()).contains("=" + slot.key());
            if (component.getName().equals(slot.key()) || renamed) {
                try {
                    Method accessor = component.getAccessor();
                    accessor.setAccessible(true);
                    return accessor.invoke(record);
                } catch (ReflectiveOperationException e) {
                    throw new LinkageError(component + " cannot be read", e);
                }
            }
        }
        throw new AssertionError(record.getClass() + " has no component for " + slot.key());
    }

    private List<String> candidates(Slot slot) {
        String sample = samples.get(slot.key());
        return sample == null ? candidates(slot.form()) : List.of(sample);
    }

    private List<String> candidates(Form form) {
        return switch (form) {
            case Form.Scalar _ ->
                    List.of("17", "18", "5", "true", "false", "0.25", "0.75", "other", "/other");
            case Form.Choice choice -> choice.names();
            case Form.Anything _ -> List.of("other");
            case Form.ListOf list ->
                    candidates(list.item()).stream().map(item -> "[" + item + "]").toList();
            case Form.MapOf map ->
                    candidates(map.value()).stream().map(item -> "{some: " + item + "}").toList();
            case Form.Nested nested -> nestedCandidates(nested);
        };
    }

    private List<String> nestedCandidates(Form.Nested nested) {
        Shape shape = shapes.of(nested.type());
        Map<String, String> needed = new HashMap<>();
        require(shape, needed);
        StringBuilder base = new StringBuilder();
        needed.forEach((key, yaml) -> base.append(key).append(": ").append(yaml).append(", "));
        List<String> found = new ArrayList<>();
        found.add("{" + base + "}");
        for (Slot slot : shape.slots()) {
            if (!slot.is(Slot.Trait.INLINE) && required(shape, slot.key()) == null) {
                for (String candidate : candidates(slot)) {
                    found.add("{" + base + slot.key() + ": " + candidate + "}");
                }
            }
        }
        return found;
    }

    private Loaded<?> load(Class<? extends Record> record, Map<String, String> keys) {
        StringBuilder yaml = new StringBuilder(ROOT + ":\n");
        Map<String, String> all = new HashMap<>();
        require(shapes.of(record), all);
        all.putAll(keys);
        all.forEach((key, value) -> {
            if (!value.isEmpty()) {
                yaml.append("  ").append(key).append(": ").append(value).append('\n');
            }
        });
        return ConfigLoader.of(ROOT, record).load(ConfigInput.text(yaml.toString()));
    }

    private void require(Shape shape, Map<String, String> keys) {
        for (Slot slot : shape.slots()) {
            String yaml = required(shape, slot.key());
            if (slot.is(Slot.Trait.INLINE) && slot.form() instanceof Form.Nested nested) {
                require(shapes.of(nested.type()), keys);
            } else if (yaml != null) {
                keys.put(slot.key(), yaml);
            }
        }
    }
}
