package io.sluice.bus.redis;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notices other nodes of our name. Messages reach each of them, but what nodes hold under their name (places of users,
/// presence, members of groups) each takes for its own, and gives back when it ends. One thread.
final class Namesakes {
    private static final Logger LOG = LoggerFactory.getLogger(Namesakes.class);

    /// A server may count a lost connection of ours for a moment, so once is no proof.
    private static final int LOOKS = 2;

    private final Setting setting;
    private int looks;

    Namesakes(Setting setting) {
        this.setting = setting;
    }

    /// @param listeners of the channel that only nodes of our name listen to, this one among them
    void saw(long listeners) {
        looks = listeners > 1 ? looks + 1 : 0;
        setting.metrics().namesakes(looks < LOOKS ? 0 : listeners - 1);
        if (looks == LOOKS) {
            LOG.atWarn()
                    .addKeyValue("node", setting.node())
                    .log("Another node has this name; give each a bus.node of its own");
        }
    }
}
