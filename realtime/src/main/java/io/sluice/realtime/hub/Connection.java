package io.sluice.realtime.hub;

import io.sluice.core.identity.Principal;
import io.sluice.net.loop.Loop;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One client joined to the hub: who it is, how it is written to, and the state of its face. Nothing else; a feature
/// that keeps more has its own map and a [ConnectionListener]. Loop thread of the connection, unless said otherwise.
public final class Connection {
    private static final Membership[] NONE = {};

    private final long idHigh;
    private final long idLow;
    private final long openedAt;
    private final String face;
    private final @Nullable Principal principal;
    private final String clientAddress;
    private final Loop loop;
    private final Outbox outbox;
    private WireForm form;
    private @Nullable Object state;
    private Membership[] memberships = NONE;
    private int joined;

    /// Neighbour in the list of this loop's connections of one user.
    @Nullable Connection nextOfUser;

    /// Not yet known to the hub; [Hub#open] makes it so.
    ///
    /// @param face id of the dialect
    public Connection(
            Loop loop,
            ConnectionId id,
            String face,
            @Nullable Principal principal,
            String clientAddress,
            Wire wire,
            WireForm form) {
        this.loop = loop;
        this.idHigh = id.high();
        this.idLow = id.low();
        this.face = face;
        this.principal = principal;
        this.clientAddress = clientAddress;
        this.form = form;
        this.openedAt = loop.ticker().epochMillis();
        this.outbox = new Outbox(this, wire);
    }

    /// Made anew at each call. Any thread.
    public ConnectionId id() {
        return new ConnectionId(idHigh, idLow);
    }

    boolean has(ConnectionId id) {
        return idLow == id.low() && idHigh == id.high();
    }

    int idHash() {
        return idHash(idLow);
    }

    static int idHash(long low) {
        return Long.hashCode(low * 0x9E3779B97F4A7C15L);
    }

    /// Id of the dialect. Any thread.
    public String face() {
        return face;
    }

    /// Null when nobody logged in. Any thread.
    public @Nullable Principal principal() {
        return principal;
    }

    /// Subject of the principal; null when nobody logged in. Any thread.
    public @Nullable String user() {
        return principal == null ? null : principal.subject();
    }

    /// Any thread.
    public String clientAddress() {
        return clientAddress;
    }

    /// Milliseconds since the epoch. Any thread.
    public long openedAt() {
        return openedAt;
    }

    /// Any thread.
    public Loop loop() {
        return loop;
    }

    public Outbox outbox() {
        return outbox;
    }

    public WireForm form() {
        return form;
    }

    /// From now on written to in this form. What waits for it in the old form goes out before.
    public void form(WireForm newForm) {
        if (newForm.equals(form)) {
            return;
        }
        settle();
        form = newForm;
        for (int i = 0; i < joined; i++) {
            memberships[i].moveTo(newForm);
        }
    }

    /// The face's own object, as it was put here.
    public @Nullable Object state() {
        return state;
    }

    public void state(@Nullable Object newState) {
        state = newState;
    }

    /// Between [Hub#open] and its end.
    public boolean isOpen() {
        return outbox.isOpen();
    }

    /// How many channels it is in.
    public int joined() {
        return joined;
    }

    public boolean isIn(String channel) {
        for (int i = 0; i < joined; i++) {
            if (memberships[i].shard().name().equals(channel)) {
                return true;
            }
        }
        return false;
    }

    /// Names of the channels it is in, in no order.
    public List<String> channels() {
        List<String> names = new ArrayList<>(joined);
        for (int i = 0; i < joined; i++) {
            names.add(memberships[i].shard().name());
        }
        return names;
    }

    /// Hands over to the wire what channels hold for this member alone, so that what follows comes behind it.
    void settle() {
        if (joined > 0) {
            Interleaving.copy(this, memberships[0].shard().hub());
        }
    }

    /// Whether a channel other than this one holds something for it too.
    boolean awaitsMoreThan(Membership one) {
        for (int i = 0; i < joined; i++) {
            Membership membership = memberships[i];
            if (membership != one && membership.cohort().waiting(membership) > 0) {
                return true;
            }
        }
        return false;
    }

    @Nullable Membership in(Shard shard) {
        for (int i = 0; i < joined; i++) {
            if (memberships[i].shard() == shard) {
                return memberships[i];
            }
        }
        return null;
    }

    Membership membership(int index) {
        return memberships[index];
    }

    void add(Membership membership) {
        if (joined == memberships.length) {
            memberships = Arrays.copyOf(memberships, Math.max(1, joined * 2));
        }
        memberships[joined++] = membership;
    }

    void remove(Membership membership) {
        for (int i = 0; i < joined; i++) {
            if (memberships[i] == membership) {
                memberships[i] = memberships[--joined];
                shrink();
                return;
            }
        }
    }

    @SuppressWarnings("NullAway") // slots from `joined` on are never read
    private void shrink() {
        memberships[joined] = null;
        if (joined == 0) {
            memberships = NONE;
        } else if (joined * 4 <= memberships.length) {
            memberships = Arrays.copyOf(memberships, joined * 2);
        }
    }
}
