package io.sluice.realtime.endpoint.events;

import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.core.fail.GatewayException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The parameters of a query, as forms write them, in UTF-8. Immutable.
public final class Query {
    private static final int MOST = 200;

    private record Parameter(String name, String value) {}

    private final List<Parameter> parameters;

    private Query(List<Parameter> parameters) {
        this.parameters = parameters;
    }

    /// @throws GatewayException BAD_REQUEST for a broken escape or too many parameters
    public static Query of(@Nullable String text) {
        List<Parameter> found = new ArrayList<>();
        int start = 0;
        while (text != null && start < text.length()) {
            int end = text.indexOf('&', start);
            end = end < 0 ? text.length() : end;
            if (end > start) {
                found.add(parameter(text.substring(start, end)));
            }
            if (found.size() > MOST) {
                throw refused("The query has more than " + MOST + " parameters.");
            }
            start = end + 1;
        }
        return new Query(found);
    }

    private static Parameter parameter(String pair) {
        int equals = pair.indexOf('=');
        return equals < 0
                ? new Parameter(decoded(pair), "")
                : new Parameter(
                        decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            throw refused("The query has a broken escape.");
        }
    }

    private static GatewayException refused(String why) {
        return new GatewayException(Failure.of(FailureKind.BAD_REQUEST, why));
    }

    /// All values of this name, in order.
    public List<String> all(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(Parameter::value)
                .toList();
    }

    /// The only value of this name; null when there is none or it is empty.
    ///
    /// @throws GatewayException BAD_REQUEST when there are several
    public @Nullable String one(String name) {
        List<String> values = all(name);
        if (values.size() > 1) {
            throw refused("The parameter " + name + " stands there more than once.");
        }
        return values.isEmpty() || values.getFirst().isEmpty() ? null : values.getFirst();
    }

    /// The whole number of this name.
    ///
    /// @throws GatewayException BAD_REQUEST when it is none, or out of bounds
    public int number(String name, int otherwise, int least, int most) {
        String text = one(name);
        if (text == null) {
            return otherwise;
        }
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException none) {
            // Said below.
        }
        throw refused(
                "The parameter " + name + " is no number from " + least + " to " + most + ".");
    }
}
