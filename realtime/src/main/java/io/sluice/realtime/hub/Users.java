package io.sluice.realtime.hub;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The connections of one loop by user id; those without a principal are in none. The connections of one user are
/// linked through themselves. Loop thread.
final class Users {
    private final Map<String, Connection> first = new HashMap<>();

    void add(Connection connection) {
        String user = connection.user();
        if (user != null) {
            connection.nextOfUser = first.put(user, connection);
        }
    }

    void remove(Connection connection) {
        String user = connection.user();
        Connection head = user == null ? null : first.get(user);
        if (user == null || head == null) {
            return;
        }
        if (head == connection) {
            replaceHead(user, connection.nextOfUser);
        } else {
            unlink(head, connection);
        }
        connection.nextOfUser = null;
    }

    private void replaceHead(String user, @Nullable Connection next) {
        if (next == null) {
            first.remove(user);
        } else {
            first.put(user, next);
        }
    }

    private static void unlink(Connection head, Connection connection) {
        Connection before = head;
        while (before != null && before.nextOfUser != connection) {
            before = before.nextOfUser;
        }
        if (before != null) {
            before.nextOfUser = connection.nextOfUser;
        }
    }

    List<Connection> of(String user) {
        List<Connection> found = new ArrayList<>(2);
        Connection connection = first.get(user);
        while (connection != null) {
            found.add(connection);
            connection = connection.nextOfUser;
        }
        return found;
    }

    int count() {
        return first.size();
    }
}
