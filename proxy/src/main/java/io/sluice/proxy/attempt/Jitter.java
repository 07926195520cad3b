package io.sluice.proxy.attempt;

import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import io.sluice.core.config.FromScalar;
import io.sluice.core.config.Range;

/// How much chance has a say in a pause.
public record Jitter(
        @Doc("Part by which a pause is made shorter or longer at random.")
                @Default("0.25")
                @Range(min = 0, max = 1)
                double part) {
    private static final double USUAL = 0.25;

    /// `jitter: 0.1`, or `true` for a quarter and `false` for none.
    @FromScalar
    public static Jitter of(String text) {
        return switch (text.strip()) {
            case "true", "yes", "on" -> new Jitter(USUAL);
            case "false", "no", "off" -> new Jitter(0);
            case String number -> new Jitter(part(number));
        };
    }

    private static double part(String text) {
        try {
            double part = Double.parseDouble(text);
            if (part >= 0 && part <= 1) {
                return part;
            }
        } catch (NumberFormatException refused) {
            // told below
        }
        throw new IllegalArgumentException(
                "found `" + text + "`, expected true, false or a number from 0 to 1");
    }
}
