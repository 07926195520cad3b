package io.sluice.realtime.dialect.chat;

import io.sluice.realtime.dialect.Dialect;
import io.sluice.realtime.dialect.Dialects;
import io.sluice.realtime.dialect.Framing;
import io.sluice.realtime.dialect.SocketForms;
import io.sluice.realtime.hub.ChannelNames;
import io.sluice.realtime.hub.Connection;
import io.sluice.realtime.hub.Message;
import io.sluice.realtime.hub.WireForm;

/// The face chat as others see it.
final class ChatDialect implements Dialect {
    private final SocketForms readme;
    private final SocketForms flat;
    private final SocketForms first;

    /// @param first profile of clients of which nothing is known yet
    ChatDialect(ChannelNames names, Dialects dialects, ChatProfile first) {
        this.readme =
                new SocketForms(new ChatWords(ChatProfile.README, names, dialects::neutral)::text);
        this.flat =
                new SocketForms(new ChatWords(ChatProfile.FLAT, names, dialects::neutral)::text);
        this.first = forms(first);
    }

    private SocketForms forms(ChatProfile profile) {
        return switch (profile) {
            case README -> readme;
            case FLAT -> flat;
        };
    }

    @Override
    public String id() {
        return Chat.FACE;
    }

    @Override
    public WireForm form(Framing framing) {
        return first.of(framing);
    }

    /// From now on the client is written to in this profile.
    void turnTo(ChatProfile profile, Connection connection) {
        connection.form(forms(profile).like(connection.form()));
    }

    /// The event itself.
    @Override
    public byte[] neutral(Message message) {
        return message.body();
    }
}
