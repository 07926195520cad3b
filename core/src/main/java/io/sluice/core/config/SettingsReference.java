package io.sluice.core.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The listing of all settings, made from the record types and so never out of date.
public final class SettingsReference {
    private static final int DEEPEST = 12;

    private final Shapes shapes = new Shapes(new Conversions());
    private final List<Setting> settings = new ArrayList<>();
    private final Map<String, String> unsupported = new LinkedHashMap<>();

    private SettingsReference() {}

    /// @param rootKey the key that everything stands under
    public static SettingsReference of(String rootKey, Class<? extends Record> root) {
        SettingsReference reference = new SettingsReference();
        reference.record(rootKey, root, 0);
        return reference;
    }

    /// In the order of the records.
    public List<Setting> settings() {
        return List.copyOf(settings);
    }

    /// Path to reason, for keys that are read and have no effect.
    public Map<String, String> unsupported() {
        return Map.copyOf(unsupported);
    }

    /// A table per section, as it stands in the guide.
    public String markdown() {
        StringBuilder out = new StringBuilder();
        String section = "";
        for (Setting setting : settings) {
            String current = section(setting.path());
            if (!current.equals(section)) {
                section = current;
                out.append("\n## `").append(section).append("`\n\n");
                out.append("| key | takes | default | meaning |\n|---|---|---|---|\n");
            }
            out.append("| `").append(setting.path()).append("` | ").append(cell(setting.type()));
            out.append(" | ").append(code(setting.standard())).append(" | ");
            out.append(cell(setting.doc())).append(aliases(setting)).append(" |\n");
        }
        if (!unsupported.isEmpty()) {
            out.append("\n## Known without effect\n\n");
            out.append("Setting one of these is a warning with its line.\n\n");
            out.append("| key | why |\n|---|---|\n");
            unsupported.forEach((path, why) ->
                    out.append("| `").append(path).append("` | ").append(cell(why)).append(" |\n"));
        }
        return out.toString();
    }

    private void record(String path, Class<? extends Record> type, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        Shape shape = shapes.of(type);
        for (Slot slot : shape.slots()) {
            boolean inline = slot.is(Slot.Trait.INLINE);
            String slotPath = inline ? path : path + "." + slot.key();
            if (!inline && !isPlainMap(slot)) {
                settings.add(
                        new Setting(
                                slotPath,
                                takes(slot.form()),
                                standard(slot),
                                slot.doc(),
                                slot.names().subList(1, slot.names().size())));
            }
            below(slotPath, slot.form(), depth + 1);
        }
        for (Unsupported without : shape.unsupported()) {
            for (String key : without.keys()) {
                unsupported.putIfAbsent(path + "." + key, without.why());
            }
        }
    }

    /// A map with nothing to say about itself is shown by the keys in it.
    private boolean isPlainMap(Slot slot) {
        return slot.form() instanceof Form.Nested nested
                && slot.doc().isEmpty()
                && shapes.of(nested.type()).shortForm() == null;
    }

    private void below(String path, Form form, int depth) {
        switch (form) {
            case Form.Nested nested -> record(path, nested.type(), depth);
            case Form.ListOf list -> below(path + "[]", list.item(), depth);
            case Form.MapOf map -> below(path + ".<name>", map.value(), depth);
            case Form.Scalar _, Form.Choice _, Form.Anything _ -> {}
        }
    }

    private String takes(Form form) {
        return switch (form) {
            case Form.ListOf list -> "list of " + takes(list.item());
            case Form.MapOf map -> "map of " + takes(map.value());
            case Form.Nested nested -> {
                Shape.ShortForm shortForm = shapes.of(nested.type()).shortForm();
                yield shortForm == null ? "map" : "map, or " + takes(shortForm.form());
            }
            case Form.Scalar scalar -> scalar.conversion().name();
            case Form.Choice choice -> String.join(", ", choice.names());
            case Form.Anything _ -> "anything";
        };
    }

    private static String standard(Slot slot) {
        String standard = slot.standard();
        if (standard != null) {
            return standard;
        }
        boolean required =
                !slot.is(Slot.Trait.NULLABLE)
                        && (slot.form() instanceof Form.Scalar
                                || slot.form() instanceof Form.Choice);
        return required ? "required" : "";
    }

    private static String section(String path) {
        int root = path.indexOf('.') + 1;
        int end = root;
        while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
            end++;
        }
        return path.substring(0, end);
    }

    private static String aliases(Setting setting) {
        return setting.aliases().isEmpty()
                ? ""
                : " Also: `" + String.join("`, `", setting.aliases()) + "`.";
    }

    private static String code(String text) {
        return text.isEmpty() ? "" : "`" + text + "`";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }
}
