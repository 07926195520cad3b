package io.sluice.edge.route;

import io.sluice.edge.route.PathPattern.Segment;
import org.jspecify.annotations.Nullable;

/// One segment of the trie. Built once, then only read. Literal children stand in an open-addressed table that is
/// searched by a hash taken while the segment is scanned, so that a walk makes no strings.
final class RouteNode<R> {
    private final String text;
    private final int hash;
    private @Nullable RouteNode<R>[] literals = table(4);
    private int literalCount;
    private @Nullable RouteNode<R> parameter;
    private @Nullable RouteLeaf<R> exact;
    private @Nullable RouteLeaf<R> slash;
    private @Nullable RouteLeaf<R> below;
    private @Nullable RouteLeaf<R> rest;

    private RouteNode(String text) {
        this.text = text;
        this.hash = hash(text, 0, text.length());
    }

    static <R> RouteNode<R> root() {
        return new RouteNode<>("");
    }

    /// The leaf of a pattern, made when it is not there.
    RouteLeaf<R> leaf(PathPattern pattern) {
        RouteNode<R> node = this;
        for (Segment segment : pattern.segments()) {
            node =
                    switch (segment) {
                        case Segment.Literal(String literal) -> node.literal(literal);
                        case Segment.Parameter _ -> node.parameter();
                    };
        }
        RouteLeaf<R> leaf = orNew(node.ending(pattern.tail()));
        switch (pattern.tail()) {
            case NONE -> node.exact = leaf;
            case SLASH -> node.slash = leaf;
            case BELOW -> node.below = leaf;
            case REST -> node.rest = leaf;
        }
        return leaf;
    }

    private @Nullable RouteLeaf<R> ending(PathPattern.Tail tail) {
        return switch (tail) {
            case NONE -> exact;
            case SLASH -> slash;
            case BELOW -> below;
            case REST -> rest;
        };
    }

    private static <R> RouteLeaf<R> orNew(@Nullable RouteLeaf<R> leaf) {
        return leaf != null ? leaf : new RouteLeaf<>();
    }

    /// The most specific leaf for the rest of a canonical path that starts at `from`, behind a slash; or null. From left
    /// to right a literal segment wins over a parameter and a parameter over a pattern that ended before. Of a segment
    /// only its name counts.
    @Nullable RouteLeaf<R> find(String path, int from) {
        int length = path.length();
        int segmentHash = 0;
        int nameEnd = from;
        while (nameEnd < length) {
            char c = path.charAt(nameEnd);
            if (c == '/' || SegmentName.endsAt(path, nameEnd)) {
                break;
            }
            segmentHash = 31 * segmentHash + c;
            nameEnd++;
        }
        int end = nameEnd;
        while (end < length && path.charAt(end) != '/') {
            end++;
        }
        if (nameEnd == from && end == length) {
            return slash != null ? slash : tail();
        }
        RouteLeaf<R> found = null;
        RouteNode<R> literal = lookUp(path, from, nameEnd, segmentHash);
        if (literal != null) {
            found = literal.behind(path, end);
        }
        RouteNode<R> any = parameter;
        if (found == null && any != null && nameEnd > from) {
            found = any.behind(path, end);
        }
        return found != null ? found : tail();
    }

    private @Nullable RouteLeaf<R> behind(String path, int end) {
        if (end < path.length()) {
            return find(path, end + 1);
        }
        return exact != null ? exact : rest;
    }

    private @Nullable RouteLeaf<R> tail() {
        return below != null ? below : rest;
    }

    private @Nullable RouteNode<R> lookUp(String path, int from, int end, int segmentHash) {
        int mask = literals.length - 1;
        int slot = spread(segmentHash) & mask;
        RouteNode<R> node = literals[slot];
        while (node != null) {
            if (node.hash == segmentHash
                    && node.text.length() == end - from
                    && path.startsWith(node.text, from)) {
                return node;
            }
            slot = (slot + 1) & mask;
            node = literals[slot];
        }
        return null;
    }

    private RouteNode<R> literal(String literal) {
        RouteNode<R> known =
                lookUp(literal, 0, literal.length(), hash(literal, 0, literal.length()));
        if (known != null) {
            return known;
        }
        if (2 * (literalCount + 1) > literals.length) {
            @Nullable RouteNode<R>[] old = literals;
            literals = table(old.length * 2);
            for (RouteNode<R> node : old) {
                if (node != null) {
                    insert(node);
                }
            }
        }
        RouteNode<R> node = new RouteNode<>(literal);
        insert(node);
        literalCount++;
        return node;
    }

    private void insert(RouteNode<R> node) {
        int mask = literals.length - 1;
        int slot = spread(node.hash) & mask;
        while (literals[slot] != null) {
            slot = (slot + 1) & mask;
        }
        literals[slot] = node;
    }

    private RouteNode<R> parameter() {
        RouteNode<R> node = parameter;
        if (node == null) {
            node = new RouteNode<>("");
            parameter = node;
        }
        return node;
    }

    private static int hash(String text, int from, int end) {
        int hash = 0;
        for (int i = from; i < end; i++) {
            hash = 31 * hash + text.charAt(i);
        }
        return hash;
    }

    private static int spread(int hash) {
        return hash ^ hash >>> 16;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // arrays have no type arguments
    private static <R> @Nullable RouteNode<R>[] table(int size) {
        return (@Nullable RouteNode<R>[]) new RouteNode[size];
    }
}
