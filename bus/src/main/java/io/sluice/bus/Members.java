package io.sluice.bus;

import java.util.Set;

/// Sets of names that stay until they are taken out; in Redis a set without expiry, under the key as given. All calls
/// block and fail like those of [Table].
public interface Members {

    /// @return whether it was not in yet
    boolean add(String key, String member);

    /// @return whether it was in
    boolean remove(String key, String member);

    boolean contains(String key, String member);

    /// Some of them, at most so many; all when there are no more.
    Set<String> some(String key, int most);

    int size(String key);
}
