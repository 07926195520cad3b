package io.sluice.realtime.presence;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Remembers what it was told.
final class Overheard implements PresenceListener {
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final List<Long> sequences = new CopyOnWriteArrayList<>();

    @Override
    public void changed(PresenceEvent event) {
        sequences.add(event.sequence());
        said.add(
                event.room()
                        + ' '
                        + event.user()
                        + ' '
                        + event.status().word()
                        + ' '
                        + event.cause());
    }

    @Override
    public void left(String room, String user, long atMs) {
        said.add(room + ' ' + user + " left");
    }

    @Override
    public void gone(String user, long atMs, long sequence) {
        sequences.add(sequence);
        said.add(user + " gone");
    }

    List<String> said() {
        return said;
    }

    List<Long> sequences() {
        return sequences;
    }

    void forget() {
        said.clear();
    }
}
