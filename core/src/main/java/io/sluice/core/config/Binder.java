package io.sluice.core.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns trees into values. Every method answers null when it has complained, so that its caller can go
/// on with the next key and all problems are found in one run.
final class Binder {
    private static final List<String> KEYS_OF_ITEMS = List.of("id", "name");

    private final References references;
    private final Complaints complaints;
    private final Places places;
    private final RecordBinder records;

    Binder(Shapes shapes, References references, Complaints complaints, Places places) {
        this.references = references;
        this.complaints = complaints;
        this.places = places;
        this.records = new RecordBinder(this, shapes, complaints, places);
    }

    RecordBinder records() {
        return records;
    }

    @Nullable Object bind(Form form, Tree tree, String path, boolean verbatim) {
        places.put(path, tree.place());
        return switch (form) {
            case Form.Scalar scalar -> scalar(scalar, tree, path, verbatim);
            case Form.Choice choice -> choice(choice, tree, path);
            case Form.ListOf list -> list(list, tree, path, verbatim);
            case Form.MapOf map -> map(map, tree, path, verbatim);
            case Form.Nested nested -> records.bind(nested.type(), tree, path);
            case Form.Anything _ -> anything(tree, path, verbatim);
        };
    }

    private @Nullable Object scalar(Form.Scalar form, Tree tree, String path, boolean verbatim) {
        if (!(tree instanceof Tree.Leaf leaf)) {
            return mismatch(form, tree, path);
        }
        String text = text(leaf, path, verbatim);
        if (text == null) {
            return null;
        }
        Object value =
                form.conversion().parse().apply(form.type() == String.class ? text : text.strip());
        return value == null ? mismatch(form, tree, path) : value;
    }

    private @Nullable Object choice(Form.Choice form, Tree tree, String path) {
        if (!(tree instanceof Tree.Leaf leaf)) {
            return mismatch(form, tree, path);
        }
        String text = text(leaf, path, false);
        if (text == null) {
            return null;
        }
        Object value = form.find(text.strip());
        if (value == null) {
            boolean showable = text.equals(leaf.text()) && !Sight.isSecret(path);
            String hint = showable ? Nearest.hint(text, form.names()) : "";
            complaints.error(
                    leaf.place(),
                    path,
                    "found " + Sight.of(tree, path) + ", expected " + form.expected() + hint);
        }
        return value;
    }

    private @Nullable Object list(Form.ListOf form, Tree tree, String path, boolean verbatim) {
        List<Object> values = new ArrayList<>();
        boolean complete = true;
        int index = 0;
        for (Tree item : items(form, tree)) {
            String itemPath = path + "[" + index++ + "]";
            Object value =
                    isNull(item)
                            ? absent(item, itemPath)
                            : bind(form.item(), item, itemPath, verbatim);
            if (value == null) {
                complete = false;
            } else {
                values.add(value);
            }
        }
        return complete ? List.copyOf(values) : records.incomplete(List.copyOf(values));
    }

    private static List<Tree> items(Form.ListOf form, Tree tree) {
        if (tree instanceof Tree.Items list) {
            return list.items();
        }
        if (tree instanceof Tree.Leaf leaf
                && (leaf.origin() == Tree.Origin.ENVIRONMENT
                        || leaf.origin() == Tree.Origin.SETTING)
                && (form.item() instanceof Form.Scalar || form.item() instanceof Form.Choice)) {
            return Overrides.commaSeparated(leaf);
        }
        return List.of(tree);
    }

    private @Nullable Object absent(Tree item, String path) {
        complaints.error(item.place(), path, "is empty");
        return null;
    }

    private @Nullable Object map(Form.MapOf form, Tree tree, String path, boolean verbatim) {
        Map<String, Tree.Field> entries = entries(form, tree, path);
        if (entries == null) {
            return null;
        }
        Map<String, Object> values = new LinkedHashMap<>();
        boolean complete = true;
        for (Map.Entry<String, Tree.Field> entry : entries.entrySet()) {
            String valuePath = path + "." + entry.getKey();
            Tree item = entry.getValue().value();
            places.put(valuePath, entry.getValue().place());
            if (isNull(item) && form.value() instanceof Form.Nested) {
                item = Tree.Fields.empty(entry.getValue().place());
            }
            Object value =
                    isNull(item)
                            ? absent(item, valuePath)
                            : bind(form.value(), item, valuePath, verbatim);
            if (value == null) {
                complete = false;
            } else {
                values.put(entry.getKey(), value);
            }
        }
        Map<String, Object> bound = Collections.unmodifiableMap(values);
        return complete ? bound : records.incomplete(bound);
    }

    private @Nullable Map<String, Tree.Field> entries(Form.MapOf form, Tree tree, String path) {
        if (tree instanceof Tree.Fields fields) {
            return fields.entries();
        }
        if (!(tree instanceof Tree.Items list) || !(form.value() instanceof Form.Nested nested)) {
            mismatch(form, tree, path);
            return null;
        }
        Map<String, Tree.Field> entries = new LinkedHashMap<>();
        int index = 0;
        for (Tree item : list.items()) {
            String itemPath = path + "[" + index++ + "]";
            Tree.Leaf key = keyOf(item);
            if (key == null && item instanceof Tree.Fields && !form.counted().isEmpty()) {
                entries.put(form.counted() + "-" + index, new Tree.Field(item.place(), item));
            } else if (key == null) {
                complaints.error(
                        item.place(),
                        itemPath,
                        "has no `id` or `name`, needed when this is a list");
            } else if (item instanceof Tree.Fields fields) {
                Tree value = records.knows(nested.type(), keyName(fields)) ? item : without(fields);
                Tree.Field field = new Tree.Field(item.place(), value);
                if (entries.putIfAbsent(key.text(), field) != null) {
                    complaints.error(key.place(), itemPath, "`" + key.text() + "` is set twice");
                }
            }
        }
        return entries;
    }

    private static String keyName(Tree.Fields item) {
        for (String name : KEYS_OF_ITEMS) {
            if (item.entries().containsKey(name)) {
                return name;
            }
        }
        return "";
    }

    private static Tree.@Nullable Leaf keyOf(Tree item) {
        if (item instanceof Tree.Fields fields) {
            Tree.Field field = fields.entries().get(keyName(fields));
            if (field != null
                    && field.value() instanceof Tree.Leaf leaf
                    && !leaf.text().isEmpty()) {
                return leaf;
            }
        }
        return null;
    }

    private static Tree without(Tree.Fields item) {
        Map<String, Tree.Field> rest = new LinkedHashMap<>(item.entries());
        rest.remove(keyName(item));
        return Tree.Fields.of(item.place(), rest);
    }

    private @Nullable Object anything(Tree tree, String path, boolean verbatim) {
        return switch (tree) {
            case Tree.Leaf leaf -> text(leaf, path, verbatim);
            case Tree.Items _ -> list(new Form.ListOf(new Form.Anything()), tree, path, verbatim);
            case Tree.Fields _ ->
                    map(new Form.MapOf(new Form.Anything(), ""), tree, path, verbatim);
        };
    }

    private @Nullable String text(Tree.Leaf leaf, String path, boolean verbatim) {
        return verbatim ? leaf.text() : references.expand(leaf, path);
    }

    @Nullable Object mismatch(Form form, Tree tree, String path) {
        complaints.error(
                tree.place(),
                path,
                "found " + Sight.of(tree, path) + ", expected " + form.expected());
        return null;
    }

    static boolean isNull(Tree tree) {
        return tree instanceof Tree.Leaf leaf && leaf.isNull();
    }
}
