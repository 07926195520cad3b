package io.sluice.core.config;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads record types into [Shape]s, each once. A record that cannot be a configuration record is a
/// mistake of the program and throws `IllegalStateException` with its name.
final class Shapes {
    private final Conversions conversions;
    private final Map<Class<?>, Shape> known = new HashMap<>();

    Shapes(Conversions conversions) {
        this.conversions = conversions;
    }

    Shape of(Class<? extends Record> type) {
        Shape shape = known.get(type);
        if (shape == null) {
            shape = read(type);
            known.put(type, shape);
        }
        return shape;
    }

    private Shape read(Class<? extends Record> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] parameters = new Class<?>[components.length];
        List<Slot> slots = new ArrayList<>(components.length);
        for (int i = 0; i < components.length; i++) {
            parameters[i] = components[i].getType();
            slots.add(slot(type, components[i]));
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(parameters);
            constructor.setAccessible(true);
            List<Unsupported> unsupported = List.of(type.getAnnotationsByType(Unsupported.class));
            return new Shape(type, constructor, List.copyOf(slots), unsupported, shortForm(type));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(type + " has no canonical constructor", e);
        }
    }

    private Slot slot(Class<?> owner, RecordComponent component) {
        Form form = form(component.getGenericType(), component, owner + "." + component.getName());
        Set<Slot.Trait> traits = EnumSet.noneOf(Slot.Trait.class);
        if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
            traits.add(Slot.Trait.NULLABLE);
        }
        if (component.isAnnotationPresent(Inline.class)) {
            traits.add(Slot.Trait.INLINE);
        }
        if (component.isAnnotationPresent(Verbatim.class)) {
            traits.add(Slot.Trait.VERBATIM);
        }
        Default standard = component.getAnnotation(Default.class);
        Doc doc = component.getAnnotation(Doc.class);
        return new Slot(
                names(component.getName(), component.getAnnotation(Alias.class)),
                form,
                traits,
                standard == null ? null : standard.value(),
                doc == null ? "" : doc.value());
    }

    /// The name used in YAML first, then the other spellings.
    private static List<String> names(String own, @Nullable Alias alias) {
        List<String> names = new ArrayList<>();
        names.add(own);
        if (alias != null) {
            for (String other : alias.value()) {
                if (other.startsWith("=")) {
                    names.set(0, other.substring(1));
                } else {
                    names.add(other);
                }
            }
        }
        return List.copyOf(names);
    }

    private Form form(Type type, AnnotatedElement element, String where) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == List.class) {
                return new Form.ListOf(form(arguments[0], element, where));
            }
            if (generic.getRawType() == Map.class && arguments[0] == String.class) {
                Counted counted = element.getAnnotation(Counted.class);
                return new Form.MapOf(
                        form(arguments[1], element, where), counted == null ? "" : counted.value());
            }
        }
        if (!(type instanceof Class<?> plain)) {
            throw new IllegalStateException(
                    where + " has a type that cannot be configured: " + type);
        }
        if (plain == Object.class) {
            return new Form.Anything();
        }
        if (plain.isRecord()) {
            return new Form.Nested(plain.asSubclass(Record.class));
        }
        if (plain.isEnum()) {
            return new Form.Choice(plain, options(plain));
        }
        return new Form.Scalar(plain, conversion(plain, element, where));
    }

    private Conversion conversion(Class<?> type, AnnotatedElement element, String where) {
        Unit unit = element.getAnnotation(Unit.class);
        Range range = element.getAnnotation(Range.class);
        Conversion conversion = conversions.of(type);
        if (unit != null) {
            conversion = Conversions.duration(unit.value());
        } else if (element.isAnnotationPresent(Bytes.class)) {
            conversion = Conversions.bytes(type);
        }
        if (conversion == null) {
            throw new IllegalStateException(
                    where + " has a type that cannot be configured: " + type);
        }
        return range == null ? conversion : within(conversion, range);
    }

    private static Conversion within(Conversion conversion, Range range) {
        String bounds =
                range.max() == Double.MAX_VALUE
                        ? " of at least " + number(range.min())
                        : " from " + number(range.min()) + " to " + number(range.max());
        return conversion.where(
                bounds,
                value -> {
                    double number = ((Number) value).doubleValue();
                    return number >= range.min() && number <= range.max();
                });
    }

    private static String number(double value) {
        long whole = (long) value;
        return whole == value ? Long.toString(whole) : Double.toString(value);
    }

    private static List<Form.Option> options(Class<?> type) {
        List<Form.Option> options = new ArrayList<>();
        for (Object constant : type.getEnumConstants()) {
            String constantName = ((Enum<?>) constant).name();
            try {
                Alias alias = type.getField(constantName).getAnnotation(Alias.class);
                List<String> names = names(constantName.toLowerCase(Locale.ROOT), alias);
                options.add(
                        new Form.Option(
                                constant, names.getFirst(), names.subList(1, names.size())));
            } catch (NoSuchFieldException e) {
                throw new IllegalStateException(constant + " has no field", e);
            }
        }
        return List.copyOf(options);
    }

    private Shape.@Nullable ShortForm shortForm(Class<? extends Record> type) {
        for (Method method : type.getDeclaredMethods()) {
            if (method.isAnnotationPresent(FromScalar.class)) {
                if (!Modifier.isStatic(method.getModifiers()) || method.getParameterCount() != 1) {
                    throw new IllegalStateException(method + " must be static with one parameter");
                }
                method.setAccessible(true);
                Type parameter = method.getGenericParameterTypes()[0];
                return new Shape.ShortForm(method, form(parameter, method, method.toString()));
            }
        }
        return null;
    }
}
