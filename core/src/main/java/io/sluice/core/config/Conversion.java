package io.sluice.core.config;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How text becomes a value of one type.
///
/// @param name of the type in the settings reference
/// @param expected completes the sentence "expected …", for example `a whole number`
/// @param parse the value, or null when the text is none
public record Conversion(String name, String expected, Function<String, @Nullable Object> parse) {

    /// The same with a rule on top.
    Conversion where(String rule, Function<Object, Boolean> holds) {
        return new Conversion(
                name + rule,
                expected + rule,
                text -> {
                    Object value = parse.apply(text);
                    return value != null && holds.apply(value) ? value : null;
                });
    }
}
