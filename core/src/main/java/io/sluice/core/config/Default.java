package io.sluice.core.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The value of a key that is not set, written as it would stand in the YAML. Without it a missing key
/// binds to null for `@Nullable` components, to an empty list or map, to a nested record with all its
/// own defaults, and is an error for everything else.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Default {
    String value();
}
