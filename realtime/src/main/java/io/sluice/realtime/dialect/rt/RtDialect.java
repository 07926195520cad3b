package io.sluice.realtime.dialect.rt;

import io.sluice.realtime.dialect.Dialect;
import io.sluice.realtime.dialect.Dialects;
import io.sluice.realtime.dialect.Framing;
import io.sluice.realtime.dialect.SocketForms;
import io.sluice.realtime.hub.ChannelNames;
import io.sluice.realtime.hub.Connection;
import io.sluice.realtime.hub.Gap;
import io.sluice.realtime.hub.MemberChange;
import io.sluice.realtime.hub.Message;
import io.sluice.realtime.hub.Outbound;
import io.sluice.realtime.hub.PresenceChange;
import io.sluice.realtime.hub.WireForm;
import org.jspecify.annotations.Nullable;

/// How clients of rt are written to. Members of a group hear of its presence through the group; watchers hear of all
/// groups through one channel of their own, and so not through the group as well.
final class RtDialect implements Dialect {
    static final String ID = "rt";

    /// Everybody who is connected. No group can be called so: names that begin with a mark are marked.
    static final String EVERYBODY = "rt:#everybody";

    /// Presence of all groups.
    static final String WATCHERS = "rt:#watchers";

    private final ChannelNames names;
    private final Dialects dialects;
    private final RtConfig config;
    private final SocketForms members = new SocketForms(event -> text(event, EVERYBODY));
    private final SocketForms watchers = new SocketForms(event -> text(event, WATCHERS));

    RtDialect(ChannelNames names, Dialects dialects, RtConfig config) {
        this.names = names;
        this.dialects = dialects;
        this.config = config;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public WireForm form(Framing framing) {
        return members.of(framing);
    }

    /// From now on the connection hears of presence through [#WATCHERS] only.
    void watch(Connection connection) {
        if (!watchers.has(connection.form())) {
            connection.form(watchers.like(connection.form()));
        }
    }

    @Override
    public byte[] neutral(Message message) {
        return RtCodec.neutral(message.body());
    }

    private byte @Nullable [] text(Outbound event, String presenceBy) {
        return switch (event) {
            case Message message -> text(message);
            case PresenceChange change -> text(change, presenceBy);
            case MemberChange _, Gap _ -> null;
        };
    }

    private byte @Nullable [] text(Message message) {
        if (message.face().equals(ID)) {
            return message.body();
        }
        String local = names.local(ID, message.channel());
        return local == null
                ? null
                : new RtCodec(config)
                        .foreign(
                                dialects.neutral(message),
                                GroupName.ofLocal(local).json(),
                                message.timeMs());
    }

    private byte @Nullable [] text(PresenceChange change, String presenceBy) {
        boolean toWatchers = change.channel().equals(WATCHERS);
        if (!change.face().equals(ID) || toWatchers != presenceBy.equals(WATCHERS)) {
            return null;
        }
        return new RtCodec(config)
                .presence(
                        GroupName.ofLocal(change.who()).json(),
                        change.status(),
                        change.details(),
                        change.timeMs());
    }
}
