package io.sluice.realtime.endpoint.api;

import io.sluice.core.fail.FailureKind;
import io.sluice.core.json.JsonWriter;
import io.sluice.net.http.Exchange;
import io.sluice.realtime.hub.ConnectionId;
import io.sluice.realtime.hub.Hub;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `POST /disconnect`: closes one connection, or all of a user, on all nodes. Answers before it is done.
record Disconnecting(Hub hub) implements Posted.Resource {
    /// What a close frame has room for.
    private static final int LONGEST_REASON = 123;

    private static final int LONGEST_USER = 255;

    /// Close codes that make sense here; the first is the default.
    private static final List<FailureKind> KINDS =
            List.of(
                    FailureKind.KICKED,
                    FailureKind.TOKEN_EXPIRED,
                    FailureKind.CONNECTION_LIMIT,
                    FailureKind.POLICY_VIOLATION,
                    FailureKind.DRAINING);

    @Override
    public void answer(Exchange exchange, Posted.Call call) {
        Fields fields = new Fields(call.body());
        String user = fields.text("user", LONGEST_USER);
        String connection = fields.text("connection", LONGEST_USER);
        FailureKind why = kind(fields.number("code"));
        String given = fields.text("reason", LONGEST_REASON);
        String reason = given == null ? "disconnected by the server" : given;
        if (reason.getBytes(StandardCharsets.UTF_8).length > LONGEST_REASON) {
            throw Fields.wrong("reason has at most " + LONGEST_REASON + " bytes.");
        }
        if ((user == null) == (connection == null)) {
            throw Fields.wrong("Name either user or connection.");
        }
        if (user != null) {
            hub.disconnectUser(user, why, reason);
        } else if (connection != null) {
            ConnectionId id = ConnectionId.parse(connection);
            if (id == null) {
                throw Fields.wrong("connection is the id of one, a UUID.");
            }
            hub.disconnect(id, why, reason);
        }
        Answers.json(
                exchange,
                202,
                new JsonWriter()
                        .openObject()
                        .name("accepted")
                        .value(true)
                        .name("code")
                        .value(why.closeCode())
                        .closeObject()
                        .toBytes());
    }

    private static FailureKind kind(@Nullable Long code) {
        if (code == null) {
            return KINDS.getFirst();
        }
        for (FailureKind kind : KINDS) {
            if (kind.closeCode() == code) {
                return kind;
            }
        }
        throw Fields.wrong(
                "code is one of " + KINDS.stream().map(FailureKind::closeCode).toList() + ".");
    }
}
