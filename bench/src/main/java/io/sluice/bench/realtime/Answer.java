package io.sluice.bench.realtime;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A line of the load client: one flat JSON object of numbers.
public record Answer(Map<String, Double> numbers) {
    private static final Pattern PAIR = Pattern.compile("\"(\\w+)\":(-?[0-9.]+)");
    private static final double MICROS_PER_MILLI = 1000;

    /// @throws IllegalStateException when the line is no answer
    static Answer parse(String line) {
        Map<String, Double> numbers = new HashMap<>();
        Matcher pair = PAIR.matcher(line);
        while (pair.find()) {
            numbers.put(pair.group(1), Double.valueOf(pair.group(2)));
        }
        if (numbers.isEmpty()) {
            throw new IllegalStateException("no answer of the client: " + line);
        }
        return new Answer(numbers);
    }

    public double number(String name) {
        return numbers.getOrDefault(name, 0.0);
    }

    public double p50Millis() {
        return number("p50Micros") / MICROS_PER_MILLI;
    }

    public double p99Millis() {
        return number("p99Micros") / MICROS_PER_MILLI;
    }
}
