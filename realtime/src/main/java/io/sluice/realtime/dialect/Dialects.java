package io.sluice.realtime.dialect;

import io.sluice.realtime.hub.Message;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// All dialects of the process, so that each can put the messages of the others into its own words. Filled while the
/// gateway starts, read by any thread.
public final class Dialects {
    private final ConcurrentMap<String, Dialect> byId = new ConcurrentHashMap<>();

    public void add(Dialect dialect) {
        byId.put(dialect.id(), dialect);
    }

    /// What the message says as JSON in UTF-8. The body itself when it came through no dialect, such as the server API.
    public byte[] neutral(Message message) {
        Dialect dialect = byId.get(message.face());
        return dialect == null ? message.body() : dialect.neutral(message);
    }
}
