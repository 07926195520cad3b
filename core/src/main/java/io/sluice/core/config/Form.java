package io.sluice.core.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a component takes, worked out once from its Java type.
sealed interface Form {

    /// Completes the sentence "expected …".
    String expected();

    /// One scalar read by a conversion.
    record Scalar(Class<?> type, Conversion conversion) implements Form {
        @Override
        public String expected() {
            return conversion.expected();
        }
    }

    /// One constant of an enum, with all its spellings.
    record Choice(Class<?> type, List<Option> options) implements Form {
        @Override
        public String expected() {
            return options.size() == 1
                    ? "`" + options.getFirst().name() + "`"
                    : "one of " + String.join(", ", names());
        }

        List<String> names() {
            List<String> names = new ArrayList<>();
            for (Option option : options) {
                names.add(option.name());
            }
            return names;
        }

        @Nullable Object find(String text) {
            String wanted = text.toLowerCase(Locale.ROOT).replace('-', '_');
            for (Option option : options) {
                if (option.name().equalsIgnoreCase(text)
                        || option.name().equals(wanted)
                        || option.aliases().contains(text)) {
                    return option.constant();
                }
            }
            return null;
        }
    }

    /// A constant with the name written in YAML.
    record Option(Object constant, String name, List<String> aliases) {}

    /// A list; a single value counts as a list of one.
    record ListOf(Form item) implements Form {
        @Override
        public String expected() {
            return "a list, each item " + item.expected();
        }
    }

    /// A map, or a list whose items carry their key as `id` or `name`.
    ///
    /// @param counted names items that carry none, see [Counted]; empty when they are refused
    record MapOf(Form value, String counted) implements Form {
        @Override
        public String expected() {
            return "a map, each value " + value.expected();
        }
    }

    /// A configuration record.
    record Nested(Class<? extends Record> type) implements Form {
        @Override
        public String expected() {
            return "a map";
        }
    }

    /// Whatever stands there: text, `List<Object>` or `Map<String, Object>`.
    record Anything() implements Form {
        @Override
        public String expected() {
            return "any value";
        }
    }
}
