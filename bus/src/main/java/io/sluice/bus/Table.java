package io.sluice.bus;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Named fields under keys that live for a time; in Redis a hash and its expiry, under the key as given. All calls
/// block, so they are made on virtual threads; all fail with a `GatewayException` of kind `UNAVAILABLE` when the server
/// is gone.
public interface Table {

    /// As a time to live: sets none, and leaves one that is there as it is.
    Duration FOREVER = Duration.ZERO;

    /// Sets fields and starts the time to live of the whole key anew.
    void put(String key, Map<String, String> fields, Duration timeToLive);

    default void put(String key, String field, String value, Duration timeToLive) {
        put(key, Map.of(field, value), timeToLive);
    }

    /// Sets the field unless it is there. The time to live starts only when it was set.
    ///
    /// @return the value that was there, or null when this one was set
    @Nullable String putIfAbsent(String key, String field, String value, Duration timeToLive);

    /// All fields, none when there is no such key.
    Map<String, String> get(String key);

    @Nullable String get(String key, String field);

    /// Starts the time to live anew.
    ///
    /// @return whether there is such a key
    boolean renew(String key, Duration timeToLive);

    void remove(String key);

    /// Removes one field; without fields a key is gone.
    void remove(String key, String field);

    /// Removes one field if it still has this value.
    ///
    /// @return whether it had
    boolean remove(String key, String field, String value);
}
