package io.sluice.it.gates;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// `build/package-order.txt` read into places. A place is a column of rooms and a position in the room.
final class PackageOrder {
    private final Map<String, Integer> columnOf = new HashMap<>();
    private final List<String> packages = new ArrayList<>();

    PackageOrder(List<String> rules) {
        String[] columns = rules.getFirst().split("<", -1);
        for (int column = 0; column < columns.length; column++) {
            for (String room : columns[column].strip().split(" +", -1)) {
                columnOf.put(room, column);
                packages.add(room);
            }
        }
        for (String rule : rules.subList(1, rules.size())) {
            String room = rule.substring(0, rule.indexOf(':'));
            for (String name : rule.substring(rule.indexOf(':') + 1).strip().split(" +", -1)) {
                packages.add(room + "." + name);
            }
        }
    }

    /// Whether the package, named without `io.sluice.`, has a place.
    boolean knows(String name) {
        return packages.contains(name);
    }

    /// Whether code of the one package may use the other. Both have a place.
    boolean allows(String from, String to) {
        String room = room(from);
        if (room.equals(room(to))) {
            return packages.indexOf(to) <= packages.indexOf(from);
        }
        return columnOf.getOrDefault(room(to), 0) < columnOf.getOrDefault(room, 0);
    }

    private static String room(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }
}
