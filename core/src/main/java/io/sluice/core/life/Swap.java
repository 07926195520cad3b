package io.sluice.core.life;

/// Holds the snapshot in force. Readers take [#get()] once per unit of work and keep that object to its end, so a
/// swap never changes anything under a running request.
public final class Swap<T> {
    private volatile T current;

    public Swap(T initial) {
        current = initial;
    }

    public T get() {
        return current;
    }

    /// Puts `next` in force and gives back what it replaced. One writer at a time.
    public T set(T next) {
        T previous = current;
        current = next;
        return previous;
    }
}
