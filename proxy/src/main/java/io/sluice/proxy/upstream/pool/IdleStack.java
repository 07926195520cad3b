package io.sluice.proxy.upstream.pool;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Idle connections, last in first out: the warm ones are used again and the others grow old at the bottom.
final class IdleStack {
    private @Nullable PooledConnection[] items = new PooledConnection[16];
    private int size;

    int size() {
        return size;
    }

    void push(PooledConnection connection) {
        if (size == items.length) {
            items = Arrays.copyOf(items, size * 2);
        }
        items[size++] = connection;
    }

    @Nullable PooledConnection pop() {
        if (size == 0) {
            return null;
        }
        PooledConnection top = items[--size];
        items[size] = null;
        return top;
    }

    /// The one that has been idle longest, or null.
    @Nullable PooledConnection oldest() {
        return items[0];
    }

    boolean remove(PooledConnection connection) {
        for (int i = 0; i < size; i++) {
            if (items[i] == connection) {
                size--;
                System.arraycopy(items, i + 1, items, i, size - i);
                items[size] = null;
                return true;
            }
        }
        return false;
    }
}
