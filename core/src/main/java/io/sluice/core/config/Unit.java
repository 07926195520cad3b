package io.sluice.core.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.temporal.ChronoUnit;

/// What a plain number means for a `Duration` key; seconds without this annotation. `30s`, `10m`,
/// `250ms`, `1h30m` are always understood.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Unit {
    ChronoUnit value();
}
