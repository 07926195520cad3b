package io.sluice.core.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Other spellings of a key, or of an enum constant, accepted without a word. The key itself is the name
/// of the component (the constant in lower case), or the first alias that starts with `=` when that name
/// is no Java identifier (`=static`, `=1.2`).
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD})
public @interface Alias {
    String[] value();
}
