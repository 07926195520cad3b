package io.sluice.edge.filter.cors;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Which origins are allowed. Compared in lower case, as browsers send them.
final class Origins {

    private record Wildcard(String start, String end) {
        boolean holds(String origin) {
            return origin.length() > start.length() + end.length()
                    && origin.startsWith(start)
                    && origin.endsWith(end)
                    && origin.indexOf('/', start.length()) < 0;
        }
    }

    private final Set<String> exact = new HashSet<>();
    private final List<Wildcard> wildcards = new ArrayList<>();
    private boolean all;

    Origins(List<String> texts) {
        for (String text : texts) {
            String lower = text.toLowerCase(Locale.ROOT);
            int star = lower.indexOf('*');
            if (lower.equals("*")) {
                all = true;
            } else if (star >= 0) {
                wildcards.add(new Wildcard(lower.substring(0, star), lower.substring(star + 1)));
            } else {
                exact.add(lower);
            }
        }
    }

    boolean all() {
        return all;
    }

    boolean allow(String origin) {
        if (all || exact.contains(origin)) {
            return true;
        }
        for (int i = 0; i < wildcards.size(); i++) {
            if (wildcards.get(i).holds(origin)) {
                return true;
            }
        }
        return false;
    }
}
