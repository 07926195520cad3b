package io.sluice.realtime.dialect;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// The doorkeepers of all faces: a channel that several mind is for those whom all admit. Any thread.
public final class Doorkeepers implements Doorkeeper {
    private final List<Doorkeeper> all = new CopyOnWriteArrayList<>();

    /// While the gateway starts.
    public void add(Doorkeeper doorkeeper) {
        all.add(doorkeeper);
    }

    @Override
    public boolean minds(String channel) {
        for (Doorkeeper doorkeeper : all) {
            if (doorkeeper.minds(channel)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean admits(String channel, @Nullable String user) {
        for (Doorkeeper doorkeeper : all) {
            if (doorkeeper.minds(channel) && !doorkeeper.admits(channel, user)) {
                return false;
            }
        }
        return true;
    }
}
