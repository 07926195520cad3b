package io.sluice.core.config;

import java.util.List;

/// One key for the settings reference.
///
/// @param path dotted, list items as `rules[]`, map keys as `<name>`
/// @param type what is expected there, in words
/// @param standard the value when the key is left out; `required`, or empty when nothing stands in for it
/// @param aliases other spellings of the last key of the path
public record Setting(String path, String type, String standard, String doc, List<String> aliases) {
    public Setting {
        aliases = List.copyOf(aliases);
    }
}
