package io.sluice.realtime.hub;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.bus.Position;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Our own form on the bus, topic `sluice:` and the full name of the channel: a version, a kind, then the parts of the
/// event, each text and each body with its length before it. A version this node does not know is no event, so nodes
/// of two versions can run side by side.
public final class Envelope implements BusForm {
    private static final int VERSION = 1;
    private static final int MESSAGE = 1;
    private static final int MEMBER_CHANGE = 2;
    private static final int PRESENCE_CHANGE = 3;
    private static final int GAP = 4;
    private static final int MOST_MEMBERS = 100_000;

    @Override
    public String topic(String channel) {
        return "sluice:" + channel;
    }

    @Override
    public byte[] encode(Outbound event) {
        ByteBuf out = Unpooled.buffer(256);
        out.writeByte(VERSION);
        switch (event) {
            case Message message -> write(out, message);
            case MemberChange change -> write(out, change);
            case PresenceChange change -> write(out, change);
            case Gap gap -> {
                out.writeByte(GAP);
                EnvelopeParts.position(out, gap.latest());
            }
        }
        return EnvelopeParts.all(out);
    }

    private static void write(ByteBuf out, Message message) {
        out.writeByte(MESSAGE);
        EnvelopeParts.text(out, message.face());
        EnvelopeParts.text(out, message.kind());
        EnvelopeParts.optionalText(out, message.sender());
        EnvelopeParts.bytes(out, message.body());
        EnvelopeParts.text(out, message.id());
        out.writeLong(message.timeMs());
        EnvelopeParts.position(out, message.position());
        EnvelopeParts.constant(out, message.keep());
        EnvelopeParts.connection(out, message.except());
    }

    private static void write(ByteBuf out, MemberChange change) {
        out.writeByte(MEMBER_CHANGE);
        EnvelopeParts.text(out, change.face());
        EnvelopeParts.constant(out, change.action());
        EnvelopeParts.text(out, change.userId());
        List<String> members = change.members();
        // A node that does not know the size reads a negative number as unknown members.
        out.writeInt(members == null ? -1 - change.size() : members.size());
        if (members != null) {
            members.forEach(member -> EnvelopeParts.text(out, member));
        }
        out.writeLong(change.timeMs());
        EnvelopeParts.connection(out, change.except());
    }

    private static void write(ByteBuf out, PresenceChange change) {
        out.writeByte(PRESENCE_CHANGE);
        EnvelopeParts.text(out, change.face());
        EnvelopeParts.text(out, change.who());
        EnvelopeParts.text(out, change.status());
        EnvelopeParts.bytes(out, change.details());
        out.writeLong(change.timeMs());
        EnvelopeParts.connection(out, change.except());
        EnvelopeParts.constant(out, change.keep());
    }

    @Override
    public @Nullable Outbound decode(String channel, byte[] payload) {
        ByteBuf in = Unpooled.wrappedBuffer(payload);
        try {
            return in.readByte() == VERSION ? read(channel, in) : null;
        } catch (IndexOutOfBoundsException | IllegalArgumentException noEvent) {
            return null;
        }
    }

    private static @Nullable Outbound read(String channel, ByteBuf in) {
        return switch (in.readByte()) {
            case MESSAGE -> message(channel, in);
            case MEMBER_CHANGE -> memberChange(channel, in);
            case PRESENCE_CHANGE ->
                    new PresenceChange(
                            channel,
                            EnvelopeParts.text(in),
                            EnvelopeParts.text(in),
                            EnvelopeParts.text(in),
                            EnvelopeParts.bytes(in),
                            in.readLong(),
                            EnvelopeParts.connection(in),
                            keep(in));
            case GAP -> new Gap(channel, EnvelopeParts.position(in));
            default -> null;
        };
    }

    /// Nodes of earlier versions do not say it.
    private static Message.Keep keep(ByteBuf in) {
        return in.isReadable() ? EnvelopeParts.constant(in, Message.Keep.class) : Message.Keep.KEPT;
    }

    private static Message message(String channel, ByteBuf in) {
        String face = EnvelopeParts.text(in);
        String kind = EnvelopeParts.text(in);
        String sender = EnvelopeParts.optionalText(in);
        byte[] body = EnvelopeParts.bytes(in);
        String id = EnvelopeParts.text(in);
        long timeMs = in.readLong();
        Position position = EnvelopeParts.position(in);
        Message.Keep keep = EnvelopeParts.constant(in, Message.Keep.class);
        ConnectionId except = EnvelopeParts.connection(in);
        return new Message(
                channel,
                face,
                kind,
                sender,
                body,
                new Message.Stamp(id, timeMs, position),
                new Message.Reach(keep, except));
    }

    private static MemberChange memberChange(String channel, ByteBuf in) {
        String face = EnvelopeParts.text(in);
        MemberChange.Action action = EnvelopeParts.constant(in, MemberChange.Action.class);
        String user = EnvelopeParts.text(in);
        int count = in.readInt();
        return new MemberChange(
                channel,
                face,
                action,
                user,
                count < 0 ? null : members(in, count),
                count < 0 ? -1 - count : 0,
                in.readLong(),
                EnvelopeParts.connection(in));
    }

    private static List<String> members(ByteBuf in, int count) {
        if (count > MOST_MEMBERS) {
            throw new IllegalArgumentException("members: " + count);
        }
        List<String> members = new ArrayList<>(Math.min(count, in.readableBytes()));
        for (int i = 0; i < count; i++) {
            members.add(EnvelopeParts.text(in));
        }
        return members;
    }
}
