package io.sluice.app.cli;

import java.util.List;

/// Text in columns of equal width.
final class Columns {
    private Columns() {}

    /// One line per row; each column as wide as its longest cell, two blanks between. Rows have equal length.
    static List<String> align(List<List<String>> rows) {
        int[] widths = new int[rows.getFirst().size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = row.get(column);
            line.append(cell).repeat(' ', widths[column] - cell.length() + 2);
        }
        return line.toString().stripTrailing();
    }
}
