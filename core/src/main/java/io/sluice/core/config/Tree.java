package io.sluice.core.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One value of a configuration text with its place. Immutable: an anchor used twice is one shared node,
/// and an override makes new nodes along its path.
sealed interface Tree {

    Place place();

    /// How many values it holds, itself included; what an alias points to counts at each use.
    int weight();

    /// Levels of nesting below it, 0 for a scalar.
    int height();

    /// Who wrote a scalar; decides about `null`, references and comma-separated lists.
    enum Origin {
        PLAIN,
        QUOTED,
        SETTING,
        ENVIRONMENT
    }

    /// A scalar, before references are replaced.
    record Leaf(Place place, String text, Origin origin) implements Tree {
        @Override
        public int weight() {
            return 1;
        }

        @Override
        public int height() {
            return 0;
        }

        boolean isNull() {
            return origin == Origin.PLAIN
                    && (text.isEmpty()
                            || text.equals("~")
                            || text.equals("null")
                            || text.equals("Null")
                            || text.equals("NULL"));
        }
    }

    /// A sequence.
    record Items(Place place, List<Tree> items, int weight, int height) implements Tree {
        static Items of(Place place, List<Tree> items) {
            return new Items(place, List.copyOf(items), weigh(items), measure(items));
        }
    }

    /// The value of one key and the place of that key.
    record Field(Place place, Tree value) {}

    /// A mapping in the order of the text.
    record Fields(Place place, Map<String, Field> entries, int weight, int height) implements Tree {

        static Fields of(Place place, Map<String, Field> entries) {
            List<Tree> values = new ArrayList<>(entries.size());
            for (Field field : entries.values()) {
                values.add(field.value());
            }
            return new Fields(
                    place,
                    Collections.unmodifiableMap(new LinkedHashMap<>(entries)),
                    weigh(values),
                    measure(values));
        }

        static Fields empty(Place place) {
            return new Fields(place, Map.of(), 1, 1);
        }

        Fields with(String key, Field field) {
            Map<String, Field> changed = new LinkedHashMap<>(entries);
            changed.put(key, field);
            return of(place, changed);
        }
    }

    private static int weigh(List<Tree> values) {
        long sum = 1;
        for (Tree value : values) {
            sum += value.weight();
        }
        return (int) Math.min(sum, Integer.MAX_VALUE);
    }

    private static int measure(List<Tree> values) {
        int highest = 0;
        for (Tree value : values) {
            highest = Math.max(highest, value.height());
        }
        return highest + 1;
    }
}
