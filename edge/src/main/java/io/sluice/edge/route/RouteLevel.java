package io.sluice.edge.route;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rules of one priority: a trie for each host name, one for each wildcard and one for all hosts.
final class RouteLevel<R> {
    private final Map<String, RouteNode<R>> exact = new HashMap<>();

    /// By suffix with its leading dot.
    private final Map<String, RouteNode<R>> wildcard = new HashMap<>();

    private final RouteNode<R> everywhere = RouteNode.root();

    void add(RouteTable.Entry<R> entry, RouteTable.Ties ties) {
        if (entry.hosts().isEmpty()) {
            everywhere.leaf(entry.pattern()).add(entry, ties);
        }
        for (String text : entry.hosts()) {
            HostPattern host = HostPattern.of(text);
            (host.wildcard() ? wildcard : exact)
                    .computeIfAbsent(host.name(), _ -> RouteNode.root())
                    .leaf(entry.pattern())
                    .add(entry, ties);
        }
    }

    @Nullable RouteLeaf<R> find(String host, String path) {
        if (!exact.isEmpty()) {
            RouteNode<R> root = exact.get(host);
            RouteLeaf<R> leaf = root == null ? null : root.find(path, 1);
            if (leaf != null) {
                return leaf;
            }
        }
        if (!wildcard.isEmpty()) {
            RouteLeaf<R> leaf = findWildcard(host, path);
            if (leaf != null) {
                return leaf;
            }
        }
        return everywhere.find(path, 1);
    }

    private @Nullable RouteLeaf<R> findWildcard(String host, String path) {
        for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
            RouteNode<R> root = dot == 0 ? null : wildcard.get(host.substring(dot));
            RouteLeaf<R> leaf = root == null ? null : root.find(path, 1);
            if (leaf != null) {
                return leaf;
            }
        }
        return null;
    }
}
