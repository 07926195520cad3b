package io.sluice.realtime.dialect;

import io.sluice.realtime.hub.Message;
import io.sluice.realtime.hub.WireForm;

/// A language of clients, as others see it. Any thread, without state.
public interface Dialect {

    /// Key in the configuration, metric label, and first part of the names of its channels.
    String id();

    /// How a new connection is written to.
    WireForm form(Framing framing);

    /// What a message of this dialect says, without the dialect: JSON in UTF-8, for the members that speak another one.
    byte[] neutral(Message message);
}
