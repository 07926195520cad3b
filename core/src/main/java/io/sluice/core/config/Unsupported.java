package io.sluice.core.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Keys of this object that are known but have no effect here. Setting one is a warning with its line
/// and this reason; it is never dropped silently and never an error.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(Unsupported.All.class)
public @interface Unsupported {
    String[] keys();

    String why();

    /// Container of repeated annotations.
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface All {
        Unsupported[] value();
    }
}
