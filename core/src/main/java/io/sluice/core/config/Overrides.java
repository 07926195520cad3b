package io.sluice.core.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts single values from outside into a tree, over what the files say.
final class Overrides {

    /// One step down the tree: into a map by any of these names, or into a list by index.
    ///
    /// @param names spellings of the key, the first is used when none is there yet; empty for an index
    record Step(List<String> names, int index) {
        static Step key(List<String> names) {
            return new Step(names, -1);
        }

        static Step item(int index) {
            return new Step(List.of(), index);
        }
    }

    private Overrides() {}

    /// The tree with the value at the end of the steps, or null when a step leads nowhere.
    static @Nullable Tree put(Tree tree, List<Step> steps, Tree value) {
        if (steps.isEmpty()) {
            return value;
        }
        Step step = steps.getFirst();
        List<Step> rest = steps.subList(1, steps.size());
        return step.names().isEmpty()
                ? putItem(tree, step.index(), rest, value)
                : putField(tree, step.names(), rest, value);
    }

    private static @Nullable Tree putItem(Tree tree, int index, List<Step> rest, Tree value) {
        List<Tree> items =
                new ArrayList<>(tree instanceof Tree.Items list ? list.items() : List.of());
        if (index < 0 || index > items.size()) {
            return null;
        }
        Tree before = index < items.size() ? items.get(index) : Tree.Fields.empty(value.place());
        Tree after = put(before, rest, value);
        if (after == null) {
            return null;
        }
        if (index < items.size()) {
            items.set(index, after);
        } else {
            items.add(after);
        }
        return Tree.Items.of(tree.place(), items);
    }

    private static @Nullable Tree putField(
            Tree tree, List<String> names, List<Step> rest, Tree value) {
        if (tree instanceof Tree.Items) {
            return null;
        }
        Tree.Fields fields =
                tree instanceof Tree.Fields already ? already : Tree.Fields.empty(value.place());
        String key = names.getFirst();
        for (String name : names) {
            if (fields.entries().containsKey(name)) {
                key = name;
            }
        }
        Tree.Field before = fields.entries().get(key);
        Tree after =
                put(
                        before == null ? Tree.Fields.empty(value.place()) : before.value(),
                        rest,
                        value);
        return after == null ? null : fields.with(key, new Tree.Field(value.place(), after));
    }

    /// Maps of the second are laid into maps of the first; anything else replaces.
    static Tree merge(Tree below, Tree above) {
        if (!(below instanceof Tree.Fields first) || !(above instanceof Tree.Fields second)) {
            return above;
        }
        Tree.Fields merged = first;
        for (var entry : second.entries().entrySet()) {
            Tree.Field field = entry.getValue();
            Tree.Field before = first.entries().get(entry.getKey());
            Tree value = before == null ? field.value() : merge(before.value(), field.value());
            merged = merged.with(entry.getKey(), new Tree.Field(field.place(), value));
        }
        return merged;
    }

    /// A value from one line of text: YAML when it starts with `[` or `{`, a scalar as it is otherwise.
    static Tree value(String text, Place place, Tree.Origin origin, Complaints complaints) {
        if (text.startsWith("[") || text.startsWith("{")) {
            Tree tree = YamlReader.read(place.file(), text, complaints);
            if (tree != null) {
                return moved(tree, place);
            }
        }
        return new Tree.Leaf(place, text, origin);
    }

    private static Tree moved(Tree tree, Place place) {
        return switch (tree) {
            case Tree.Leaf leaf -> new Tree.Leaf(place, leaf.text(), leaf.origin());
            case Tree.Items list -> {
                List<Tree> items = new ArrayList<>();
                for (Tree item : list.items()) {
                    items.add(moved(item, place));
                }
                yield Tree.Items.of(place, items);
            }
            case Tree.Fields fields -> {
                Tree.Fields copy = Tree.Fields.empty(place);
                for (var entry : fields.entries().entrySet()) {
                    Tree value = moved(entry.getValue().value(), place);
                    copy = copy.with(entry.getKey(), new Tree.Field(place, value));
                }
                yield copy;
            }
        };
    }

    /// The items of `a, b,c`; none for empty text.
    static List<Tree> commaSeparated(Tree.Leaf leaf) {
        List<Tree> items = new ArrayList<>();
        for (String part : leaf.text().split(",", -1)) {
            if (!part.isBlank()) {
                items.add(new Tree.Leaf(leaf.place(), part.strip(), leaf.origin()));
            }
        }
        return items;
    }
}
