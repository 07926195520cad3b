package io.sluice.realtime.hub;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The connections of one loop by id: open addressing, 8 to 16 bytes per connection. Loop thread.
final class ConnectionTable {
    private static final int SMALLEST = 16;

    private @Nullable Connection[] slots = new Connection[SMALLEST];
    private int size;

    int size() {
        return size;
    }

    void add(Connection connection) {
        if (2 * (size + 1) > slots.length) {
            resize(slots.length * 2);
        }
        place(connection);
        size++;
    }

    private void place(Connection connection) {
        int mask = slots.length - 1;
        int i = connection.idHash() & mask;
        while (slots[i] != null) {
            i = (i + 1) & mask;
        }
        slots[i] = connection;
    }

    @Nullable Connection find(ConnectionId id) {
        int mask = slots.length - 1;
        int i = Connection.idHash(id.low()) & mask;
        Connection connection = slots[i];
        while (connection != null && !connection.has(id)) {
            i = (i + 1) & mask;
            connection = slots[i];
        }
        return connection;
    }

    void remove(Connection connection) {
        int mask = slots.length - 1;
        int i = connection.idHash() & mask;
        while (slots[i] != connection) {
            if (slots[i] == null) {
                return;
            }
            i = (i + 1) & mask;
        }
        close(i, mask);
        size--;
        if (slots.length > SMALLEST && 8 * size < slots.length) {
            resize(slots.length / 2);
        }
    }

    /// Moves later entries of the run into the hole, so that no search ends too early.
    private void close(int hole, int mask) {
        int free = hole;
        int i = hole;
        while (true) {
            i = (i + 1) & mask;
            Connection next = slots[i];
            if (next == null) {
                break;
            }
            int home = next.idHash() & mask;
            if (((i - home) & mask) >= ((i - free) & mask)) {
                slots[free] = next;
                free = i;
            }
        }
        slots[free] = null;
    }

    private void resize(int length) {
        @Nullable Connection[] old = slots;
        slots = new Connection[length];
        for (Connection connection : old) {
            if (connection != null) {
                place(connection);
            }
        }
    }

    /// The table must not change meanwhile.
    void each(Consumer<Connection> action) {
        for (Connection connection : slots) {
            if (connection != null) {
                action.accept(connection);
            }
        }
    }
}
