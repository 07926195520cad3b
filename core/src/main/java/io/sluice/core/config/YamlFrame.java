package io.sluice.core.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A map or list that has begun in the text and not yet ended.
final class YamlFrame {
    private static final String MERGE = "<<";

    final Place place;
    final @Nullable String anchor;
    private final @Nullable List<Tree> items;
    private final Map<String, Tree.Field> entries = new LinkedHashMap<>();
    private final Set<String> merged = new HashSet<>();
    private Tree.@Nullable Leaf key;

    private YamlFrame(Place place, @Nullable String anchor, @Nullable List<Tree> items) {
        this.place = place;
        this.anchor = anchor;
        this.items = items;
    }

    static YamlFrame fields(Place place, @Nullable String anchor) {
        return new YamlFrame(place, anchor, null);
    }

    static YamlFrame items(Place place, @Nullable String anchor) {
        return new YamlFrame(place, anchor, new ArrayList<>());
    }

    boolean expectsKey() {
        return items == null && key == null;
    }

    /// The place of the same key seen before, or null.
    @Nullable Place key(Tree.Leaf leaf) {
        key = leaf;
        Tree.Field before = entries.get(leaf.text());
        return before == null || merged.contains(leaf.text()) ? null : before.place();
    }

    /// False when a merge key has a value that cannot be merged.
    boolean put(Tree tree) {
        if (items != null) {
            items.add(tree);
            return true;
        }
        Tree.Leaf current = key;
        key = null;
        if (current == null) {
            return false;
        }
        String name = current.text();
        if (name.equals(MERGE) && current.origin() == Tree.Origin.PLAIN) {
            return merge(tree);
        }
        Tree.Field field = new Tree.Field(current.place(), tree);
        if (merged.remove(name)) {
            entries.put(name, field);
        } else {
            entries.putIfAbsent(name, field);
        }
        return true;
    }

    private boolean merge(Tree tree) {
        return switch (tree) {
            case Tree.Leaf leaf -> leaf.isNull();
            case Tree.Fields fields -> {
                fields.entries().forEach(this::inherit);
                yield true;
            }
            case Tree.Items list -> {
                for (Tree item : list.items()) {
                    if (!(item instanceof Tree.Fields) || !merge(item)) {
                        yield false;
                    }
                }
                yield true;
            }
        };
    }

    private void inherit(String name, Tree.Field field) {
        if (entries.putIfAbsent(name, field) == null) {
            merged.add(name);
        }
    }

    Tree tree() {
        return items == null ? Tree.Fields.of(place, entries) : Tree.Items.of(place, items);
    }
}
