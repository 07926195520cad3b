package io.sluice.proxy.upstream.pool;

import io.sluice.core.fail.Failure;
import io.sluice.net.dial.Dialer;
import io.sluice.net.dial.Origin;
import io.sluice.net.dial.OriginConnection;
import io.sluice.proxy.upstream.Instance;
import io.sluice.proxy.upstream.InstanceMeter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The connections of one loop to one instance. A caller first tries [#take], which costs nothing; only when that
/// gives null it waits with [#await].
public final class InstancePool implements Dialer.DialListener {
    private final LoopPools owner;
    private final Instance instance;
    private final InstanceMeter meter;
    private final IdleStack idle = new IdleStack();
    private final List<PooledConnection> shared = new ArrayList<>(2);
    private final ArrayDeque<ConnectionWaiter> waiters = new ArrayDeque<>(4);

    /// Those who take only a new connection.
    private final ArrayDeque<ConnectionWaiter> choosy = new ArrayDeque<>(1);

    private int open;
    private int dialling;

    InstancePool(LoopPools owner, Instance instance, InstanceMeter meter) {
        this.owner = owner;
        this.instance = instance;
        this.meter = meter;
    }

    public Instance instance() {
        return instance;
    }

    /// The meter of this loop and instance, for everybody who calls it.
    public InstanceMeter meter() {
        return meter;
    }

    /// Open connections, in use and idle.
    public int open() {
        return open;
    }

    /// Open connections without a call.
    public int idle() {
        int count = idle.size();
        for (PooledConnection connection : shared) {
            count += connection.calls == 0 ? 1 : 0;
        }
        return count;
    }

    public int waiting() {
        return waiters.size() + choosy.size();
    }

    /// A connection that can carry a call now, or null.
    ///
    /// @param now monotonic time of the loop's ticker
    public @Nullable PooledConnection take(long now) {
        for (int i = 0; i < shared.size(); i++) {
            PooledConnection candidate = shared.get(i);
            if (candidate.usable()) {
                candidate.calls++;
                return candidate;
            }
        }
        PooledConnection candidate = popIdle();
        while (candidate != null) {
            if (candidate.usable() && !expired(candidate, now)) {
                candidate.calls++;
                return candidate;
            }
            discard(candidate);
            candidate = popIdle();
        }
        return null;
    }

    /// Queues for the next connection, opening one if the limits allow.
    ///
    /// @return false when too many wait already; the waiter then hears nothing
    public boolean await(ConnectionWaiter waiter) {
        return queue(waiter, waiters);
    }

    /// Queues for a connection that has carried no call yet, whatever idles. Where the limits allow no more connections
    /// and none is idle, or calls share connections, any will do.
    ///
    /// @return false when too many wait already; the waiter then hears nothing
    public boolean awaitNew(ConnectionWaiter waiter) {
        boolean sharing = instance.origin().speaks() == Origin.Speaks.HTTP_2 || !shared.isEmpty();
        PooledConnection ready = sharing ? take(owner.now()) : null;
        if (ready != null) {
            waiter.connected(ready);
        }
        return ready != null || queue(waiter, sharing || !makeRoom() ? waiters : choosy);
    }

    private boolean makeRoom() {
        if (owner.limits().mayOpen(open + dialling)) {
            return true;
        }
        PooledConnection oldest = idle.oldest();
        if (oldest == null) {
            return false;
        }
        discard(oldest);
        return true;
    }

    private boolean queue(ConnectionWaiter waiter, ArrayDeque<ConnectionWaiter> queue) {
        if (waiting() - dialling >= owner.limits().maxWaiting()) {
            return false;
        }
        queue.add(waiter);
        dialAsNeeded();
        return true;
    }

    /// Takes a waiter out of the queue; it hears nothing more.
    public void leave(ConnectionWaiter waiter) {
        if (!waiters.remove(waiter)) {
            choosy.remove(waiter);
        }
    }

    @Override
    public void connected(OriginConnection connection) {
        dialling--;
        open++;
        PooledConnection pooled = new PooledConnection(this, connection);
        meter.opened();
        connection.onClose(() -> lost(pooled));
        if (pooled.shared()) {
            shared.add(pooled);
            waiters.addAll(choosy);
            choosy.clear();
        }
        ConnectionWaiter first = choosy.poll();
        if (first != null) {
            pooled.calls++;
            first.connected(pooled);
        } else {
            serve(pooled);
        }
        dialAsNeeded();
    }

    @Override
    public void failed(Failure failure) {
        dialling--;
        // A connection that many calls would have shared fails them all; otherwise each dial stands
        // for one waiter.
        boolean all = instance.origin().speaks() == Origin.Speaks.HTTP_2;
        int count = all ? waiters.size() : 1;
        for (int i = 0; i < count; i++) {
            ConnectionWaiter waiter = choosy.isEmpty() ? waiters.poll() : choosy.poll();
            if (waiter != null) {
                waiter.failed(failure);
            }
        }
        dialAsNeeded();
        owner.forgetIfGone(this);
    }

    void release(PooledConnection connection, boolean reusable) {
        connection.calls--;
        if (!reusable) {
            retireConnection(connection);
        } else {
            serve(connection);
        }
    }

    private void retireConnection(PooledConnection connection) {
        lost(connection);
        if (connection.calls == 0) {
            connection.connection().close();
        }
    }

    /// Gives a free connection to those who wait, else keeps or closes it.
    private void serve(PooledConnection connection) {
        while (!waiters.isEmpty()
                && connection.usable()
                && (connection.shared() || connection.calls == 0)) {
            connection.calls++;
            waiters.remove().connected(connection);
        }
        if (connection.calls == 0) {
            if (connection.usable() && mayKeep()) {
                park(connection);
            } else {
                discard(connection);
            }
        }
    }

    private boolean mayKeep() {
        return owner.limits().keepAlive() && !instance.retired() && !owner.closed();
    }

    private void park(PooledConnection connection) {
        connection.idleSince = owner.now();
        if (!connection.shared()) {
            idle.push(connection);
            owner.countIdle(1);
        }
        owner.sweepLater();
    }

    private @Nullable PooledConnection popIdle() {
        PooledConnection top = idle.pop();
        if (top != null) {
            owner.countIdle(-1);
        }
        return top;
    }

    private void discard(PooledConnection connection) {
        lost(connection);
        connection.connection().close();
    }

    /// No more calls on this connection, whether it closed or we say so.
    private void lost(PooledConnection connection) {
        if (connection.lost) {
            return;
        }
        connection.lost = true;
        open--;
        meter.closed();
        if (connection.shared()) {
            shared.remove(connection);
        } else if (idle.remove(connection)) {
            owner.countIdle(-1);
        }
        dialAsNeeded();
        owner.forgetIfGone(this);
    }

    private void dialAsNeeded() {
        Origin origin = instance.origin();
        while (dialWanted(origin) && owner.limits().mayOpen(open + dialling)) {
            dialling++;
            owner.dial(origin, this);
        }
    }

    private boolean dialWanted(Origin origin) {
        return origin.speaks() == Origin.Speaks.HTTP_2
                ? dialling == 0 && !waiters.isEmpty()
                : waiting() > dialling;
    }

    /// Closes what is too old, too many or no longer wanted.
    void sweep(long now) {
        boolean keep = mayKeep();
        PooledConnection oldest = idle.oldest();
        while (oldest != null && (!keep || expired(oldest, now) || surplus(oldest, now))) {
            discard(oldest);
            oldest = idle.oldest();
        }
        for (int i = shared.size() - 1; i >= 0 && i < shared.size(); i--) {
            PooledConnection candidate = shared.get(i);
            if (candidate.calls == 0 && (!keep || expired(candidate, now))) {
                discard(candidate);
            }
        }
    }

    private boolean surplus(PooledConnection connection, long now) {
        return now - connection.idleSince >= PoolConfig.SURPLUS_GRACE_NANOS
                && owner.limits().tooManyIdle(idle.size(), owner.idle());
    }

    private boolean expired(PooledConnection connection, long now) {
        long announced = connection.connection().announcedIdleNanos();
        // Stops using it a second before the origin closes it, so that no request meets the close
        // on the wire.
        long safe = announced - Math.min(LoopPools.SWEEP_NANOS, announced / 2);
        return now - connection.idleSince >= Math.min(owner.limits().idleNanos(), safe);
    }

    boolean holdsIdle() {
        return idle.size() > 0 || !shared.isEmpty();
    }

    boolean gone() {
        return instance.retired() && open == 0 && dialling == 0 && waiting() == 0;
    }
}
