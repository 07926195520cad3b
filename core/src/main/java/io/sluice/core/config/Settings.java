package io.sluice.core.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads `--set a.b[0].c=value`: a path as it stands in complaints, with or without the root key. The
/// value is text, or YAML when it starts with `[` or `{`; references work.
final class Settings {
    static final String FILE = "--set";

    private final String rootKey;
    private final Shapes shapes;
    private final Complaints complaints;

    Settings(String rootKey, Shapes shapes, Complaints complaints) {
        this.rootKey = rootKey;
        this.shapes = shapes;
        this.complaints = complaints;
    }

    /// The tree below the root key with every setting laid over it.
    Tree apply(Class<? extends Record> root, Tree tree, List<String> settings) {
        Tree result = tree;
        Place place = new Place(FILE, 0);
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            String path = equals < 0 ? setting : setting.substring(0, equals).strip();
            List<Overrides.Step> steps = equals < 0 ? null : steps(root, path);
            if (steps == null) {
                complaints.error(place, path, "is not of the form path.to.key=value");
                continue;
            }
            Tree value =
                    Overrides.value(
                            setting.substring(equals + 1), place, Tree.Origin.SETTING, complaints);
            Tree changed = Overrides.put(result, steps, value);
            if (changed == null) {
                complaints.error(
                        place,
                        path,
                        "leads nowhere: no such list item, or a list where a key is given");
            } else {
                result = changed;
            }
        }
        return result;
    }

    private @Nullable List<Overrides.Step> steps(Class<? extends Record> root, String path) {
        List<Overrides.Step> steps = new ArrayList<>();
        Form form = new Form.Nested(root);
        String below = path.startsWith(rootKey + ".") ? path.substring(rootKey.length() + 1) : path;
        for (String part : below.split("\\.", -1)) {
            int bracket = part.indexOf('[');
            String key = bracket < 0 ? part : part.substring(0, bracket);
            int bare = form instanceof Form.ListOf ? index(key) : -1;
            if (bare >= 0) {
                steps.add(Overrides.Step.item(bare));
                form = item(form);
            } else if (key.isEmpty()) {
                return null;
            } else {
                Slot slot = slot(form, key);
                steps.add(Overrides.Step.key(slot == null ? List.of(key) : slot.names()));
                form = slot == null ? value(form) : slot.form();
            }
            while (bracket >= 0) {
                int close = part.indexOf(']', bracket);
                int index = close < 0 ? -1 : index(part.substring(bracket + 1, close));
                if (index < 0) {
                    return null;
                }
                steps.add(Overrides.Step.item(index));
                form = item(form);
                bracket = part.indexOf('[', close);
            }
        }
        return steps;
    }

    private @Nullable Slot slot(Form form, String key) {
        return form instanceof Form.Nested nested ? slot(shapes.of(nested.type()), key) : null;
    }

    private @Nullable Slot slot(Shape shape, String key) {
        for (Slot slot : shape.slots()) {
            if (slot.is(Slot.Trait.INLINE)) {
                Slot inner = slot(slot.form(), key);
                if (inner != null) {
                    return inner;
                }
            } else if (slot.names().contains(key)) {
                return slot;
            }
        }
        return null;
    }

    private static Form value(Form form) {
        return form instanceof Form.MapOf map ? map.value() : new Form.Anything();
    }

    private static Form item(Form form) {
        return form instanceof Form.ListOf list ? list.item() : new Form.Anything();
    }

    private static int index(String text) {
        Long index = text.length() > 6 ? null : Quantities.whole(text);
        return index == null || index < 0 ? -1 : index.intValue();
    }
}
