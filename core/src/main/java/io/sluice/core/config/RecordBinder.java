package io.sluice.core.config;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Builds records from maps. A component that fails is replaced by its default so that the record's own
/// siblings and the records around it are still looked at; its own [Checked] rules are then left out.
final class RecordBinder {
    private final Binder binder;
    private final Shapes shapes;
    private final Complaints complaints;
    private final Places places;
    private final Strangers strangers;
    private final Set<Object> incomplete = Collections.newSetFromMap(new IdentityHashMap<>());

    RecordBinder(Binder binder, Shapes shapes, Complaints complaints, Places places) {
        this.binder = binder;
        this.shapes = shapes;
        this.complaints = complaints;
        this.places = places;
        this.strangers = new Strangers(shapes, complaints);
    }

    /// Marks a list or map that lacks the items that failed.
    Object incomplete(Object collection) {
        // an empty immutable list is one shared object
        Object own = collection instanceof List<?> list ? new ArrayList<>(list) : collection;
        incomplete.add(own);
        return own;
    }

    boolean knows(Class<? extends Record> type, String key) {
        return strangers.keys(shapes.of(type)).contains(key);
    }

    @Nullable Object bind(Class<? extends Record> type, Tree tree, String path) {
        Shape shape = shapes.of(type);
        if (tree instanceof Tree.Fields fields) {
            strangers.report(shape, fields, path);
            return build(shape, fields, path);
        }
        Shape.ShortForm shortForm = shape.shortForm();
        if (shortForm == null) {
            complaints.error(
                    tree.place(),
                    path,
                    "found "
                            + Sight.of(tree, path)
                            + ", expected a map with keys such as "
                            + strangers.sample(shape));
            return null;
        }
        Object argument = binder.bind(shortForm.form(), tree, path, false);
        if (argument == null) {
            return null;
        }
        return finish(() -> shortForm.method().invoke(null, argument), path, true);
    }

    private @Nullable Object build(Shape shape, Tree.Fields fields, String path) {
        List<Slot> slots = shape.slots();
        @Nullable Object[] arguments = new @Nullable Object[slots.size()];
        boolean sound = true;
        boolean constructible = true;
        for (int i = 0; i < arguments.length; i++) {
            Slot slot = slots.get(i);
            Object value;
            if (slot.is(Slot.Trait.INLINE)) {
                value = inline(slot, fields, path);
                if (value == null && !slot.is(Slot.Trait.NULLABLE)) {
                    constructible = false;
                }
            } else {
                Tree.Field field = find(slot, fields, path);
                String slotPath = path + "." + slot.key();
                boolean given = field != null && !Binder.isNull(field.value());
                value =
                        given && field != null
                                ? given(slot, field, slotPath)
                                : missing(slot, fields, slotPath);
                if (given && (value == null || incomplete.contains(value))) {
                    sound = false;
                }
                if (given && value == null) {
                    value = substitute(slot, fields, slotPath);
                }
                if (value == null && !slot.is(Slot.Trait.NULLABLE)) {
                    constructible = false;
                }
            }
            arguments[i] = value;
        }
        if (!constructible) {
            return null;
        }
        return finish(() -> shape.constructor().newInstance(arguments), path, sound);
    }

    private @Nullable Object given(Slot slot, Tree.Field field, String path) {
        places.put(path, field.place());
        return binder.bind(slot.form(), field.value(), path, slot.is(Slot.Trait.VERBATIM));
    }

    private @Nullable Object inline(Slot slot, Tree.Fields fields, String path) {
        if (!(slot.form() instanceof Form.Nested nested)) {
            throw new IllegalStateException("@Inline needs a record at " + path);
        }
        Shape shape = shapes.of(nested.type());
        if (slot.is(Slot.Trait.NULLABLE)
                && Collections.disjoint(strangers.keys(shape), fields.entries().keySet())) {
            return null;
        }
        return build(shape, fields, path);
    }

    private Tree.@Nullable Field find(Slot slot, Tree.Fields fields, String path) {
        Tree.Field found = null;
        String first = "";
        for (String name : slot.names()) {
            Tree.Field field = fields.entries().get(name);
            if (field != null && found != null) {
                complaints.error(
                        field.place(),
                        path + "." + name,
                        "is the same key as `" + first + "`, set in line " + found.place().line());
            } else if (field != null) {
                found = field;
                first = name;
            }
        }
        return found;
    }

    private @Nullable Object missing(Slot slot, Tree.Fields around, String path) {
        String standard = slot.standard();
        if (standard != null) {
            Tree tree = Overrides.value(standard, around.place(), Tree.Origin.QUOTED, complaints);
            return binder.bind(slot.form(), tree, path, slot.is(Slot.Trait.VERBATIM));
        }
        if (slot.is(Slot.Trait.NULLABLE)) {
            return null;
        }
        return switch (slot.form()) {
            case Form.ListOf _ -> List.of();
            case Form.MapOf _ -> Map.of();
            case Form.Nested nested ->
                    build(shapes.of(nested.type()), Tree.Fields.empty(around.place()), path);
            case Form.Scalar _, Form.Choice _, Form.Anything _ -> {
                complaints.error(
                        around.place(), path, "is missing, expected " + slot.form().expected());
                yield null;
            }
        };
    }

    private @Nullable Object substitute(Slot slot, Tree.Fields around, String path) {
        complaints.hush();
        try {
            return missing(slot, around, path);
        } finally {
            complaints.speak();
        }
    }

    private interface Making {
        Object make() throws ReflectiveOperationException;
    }

    private @Nullable Object finish(Making making, String path, boolean sound) {
        Object made;
        try {
            made = making.make();
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause();
            String message = cause == null ? "is not accepted" : String.valueOf(cause.getMessage());
            complaints.error(places.at(path), path, message);
            return null;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("record at " + path + " cannot be made", e);
        }
        places.bound(made, path);
        if (sound && made instanceof Checked checked) {
            checked.check((key, message) -> broken(path, key, message));
        }
        return made;
    }

    private void broken(String path, String key, String message) {
        String full = key.isEmpty() ? path : path + "." + key;
        complaints.error(places.at(full), full, message);
    }
}
