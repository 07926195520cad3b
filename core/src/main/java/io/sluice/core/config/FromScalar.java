package io.sluice.core.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The short form of a configuration record: a static method with one parameter that makes the record
/// when the YAML holds something other than a map, for example `rateLimit: 10` beside
/// `rateLimit: {requestsPerSecond: 10, burst: 20}`. The parameter may have any type a component may have.
/// An `IllegalArgumentException` becomes a complaint with its message.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface FromScalar {}
