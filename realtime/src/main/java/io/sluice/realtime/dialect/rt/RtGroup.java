package io.sluice.realtime.dialect.rt;

/// A group with members on this node, shared by all of them.
final class RtGroup {
    private final GroupName name;
    private final String channel;

    /// Of whoever identified last, on any node.
    private volatile byte[] details = {};

    /// Members on this node; changed by [RtGroups] only.
    int members;

    RtGroup(GroupName name, String channel) {
        this.name = name;
        this.channel = channel;
    }

    String local() {
        return name.local();
    }

    GroupName name() {
        return name;
    }

    /// How it stands in a frame.
    byte[] json() {
        return name.json();
    }

    /// Full name of its channel.
    String channel() {
        return channel;
    }

    byte[] details() {
        return details;
    }

    void details(byte[] newDetails) {
        details = newDetails;
    }
}
