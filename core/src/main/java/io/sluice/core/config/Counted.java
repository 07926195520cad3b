package io.sluice.core.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// For a map of records that may be written as a list: an item without `id` or `name` is called by this word and its
/// position, `check-1`, `check-2` and so on. Without it such an item is refused.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Counted {
    String value();
}
