package io.sluice.core.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A configuration record as the binder sees it.
///
/// @param unsupported keys that are known without effect
/// @param shortForm the method marked [FromScalar], or null
record Shape(
        Class<? extends Record> type,
        Constructor<?> constructor,
        List<Slot> slots,
        List<Unsupported> unsupported,
        @Nullable ShortForm shortForm) {

    /// A static method that makes the record from something other than a map.
    record ShortForm(Method method, Form form) {}
}
