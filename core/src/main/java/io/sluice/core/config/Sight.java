package io.sluice.core.config;

import java.util.Locale;

/// How a value is shown in a complaint: short, before references are replaced, and not at all when its
/// key sounds like a secret or it came from the environment.
final class Sight {
    private static final int LONGEST = 60;

    private Sight() {}

    static String of(Tree tree, String path) {
        return switch (tree) {
            case Tree.Items _ -> "a list";
            case Tree.Fields _ -> "a map";
            case Tree.Leaf leaf when leaf.isNull() -> "nothing";
            case Tree.Leaf leaf when isSecret(path) || leaf.origin() == Tree.Origin.ENVIRONMENT ->
                    "text that is not shown";
            case Tree.Leaf leaf when leaf.text().length() > LONGEST ->
                    "`" + leaf.text().substring(0, LONGEST) + "…`";
            case Tree.Leaf leaf -> "`" + leaf.text() + "`";
        };
    }

    static boolean isSecret(String path) {
        String key = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return key.contains("secret")
                || key.contains("password")
                || key.contains("token")
                || key.contains("key")
                || key.contains("credential")
                || key.contains("jwt");
    }
}
