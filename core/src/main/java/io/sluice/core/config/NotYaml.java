package io.sluice.core.config;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/// Why a text is no YAML: what the parser stumbled over and where, and what usually mends it.
final class NotYaml {
    private NotYaml() {}

    static String why(MarkedYamlEngineException mistake) {
        String problem = mistake.getProblem();
        String context = mistake.getContext() == null ? "" : mistake.getContext();
        Optional<Mark> mark = mistake.getProblemMark();
        String column = mark.map(at -> " at column " + (at.getColumn() + 1)).orElse("");
        String found = problem.replaceFirst("\\. \\(Do not use .*", "");
        String remedy = remedy(problem, context, mistake.getContextMark());
        return "is no valid YAML" + column + ": " + found + (remedy == null ? "" : "; " + remedy);
    }

    private static @Nullable String remedy(String problem, String context, Optional<Mark> from) {
        if (problem.contains("TAB")) {
            return "indent with blanks";
        }
        if (problem.contains("cannot start any token") || context.endsWith("an alias")) {
            return "text that begins with such a sign needs quotes";
        }
        if (problem.startsWith("mapping values are not allowed")) {
            return "is the line indented as its neighbours are? Text that holds `: ` needs quotes";
        }
        if (problem.startsWith("expected <block end>")) {
            return "is the line indented as its neighbours are?";
        }
        boolean open = context.contains("flow") || context.contains("quoted");
        return open && from.isPresent()
                ? "what line " + (from.get().getLine() + 1) + " opens is not closed"
                : null;
    }
}
