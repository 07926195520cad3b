package io.sluice.testkit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Header fields as they stood on the wire: in order, with their case, duplicates kept.
public record RawHeaders(List<Field> fields) {

    /// One line; the value without surrounding white space.
    public record Field(String name, String value) {
        @Override
        public String toString() {
            return name + ": " + value;
        }
    }

    public RawHeaders {
        fields = List.copyOf(fields);
    }

    /// Value of the first field of this name without case, or null.
    public @Nullable String first(String name) {
        for (Field field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                return field.value();
            }
        }
        return null;
    }

    public List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }

    public boolean has(String name) {
        return first(name) != null;
    }

    /// Whether one of the comma-separated members of this field is `member`, without case.
    public boolean lists(String name, String member) {
        return all(name).stream()
                .flatMap(value -> List.of(value.split(",", -1)).stream())
                .anyMatch(item -> item.strip().equalsIgnoreCase(member));
    }

    /// Names in order, as received.
    public List<String> names() {
        return fields.stream().map(Field::name).toList();
    }
}
