package io.sluice.core.id;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// W3C trace context of one request (Trace Context level 1, 3.2).
///
/// @param traceId 32 lower-case hex digits, not all zero; empty only in [#NONE]
/// @param parentId 16 lower-case hex digits: the span the gateway opened for this request
/// @param flags trace flags, 0–255
/// @param state `tracestate` as received, possibly empty
public record TraceContext(String traceId, String parentId, int flags, String state) {
    public static final TraceContext NONE = new TraceContext("", "", 0, "");

    /// The only flag of level 1; others are not passed on.
    public static final int SAMPLED = 1;

    /// Most characters of a `tracestate` that are passed on.
    public static final int MAX_STATE = 512;

    private static final int LENGTH = 55;

    /// The context a caller sent, with the caller's span as parent, or null when `traceparent` is not valid. Versions
    /// above 00 are read as 00 as far as they agree; version ff is not valid.
    ///
    /// @param state all `tracestate` fields joined by commas, empty when there was none
    public static @Nullable TraceContext parse(String traceparent, String state) {
        if (traceparent.length() < LENGTH
                || traceparent.charAt(2) != '-'
                || traceparent.charAt(35) != '-'
                || traceparent.charAt(52) != '-') {
            return null;
        }
        int version = Hex.pair(traceparent, 0);
        int flags = Hex.pair(traceparent, 53);
        if (version < 0
                || version == 0xff
                || flags < 0
                || !endsRight(traceparent, version)
                || !Hex.isId(traceparent, 3, 35)
                || !Hex.isId(traceparent, 36, 52)) {
            return null;
        }
        return new TraceContext(
                traceparent.substring(3, 35),
                traceparent.substring(36, 52),
                flags & SAMPLED,
                bounded(state));
    }

    private static boolean endsRight(String traceparent, int version) {
        return traceparent.length() == LENGTH || version > 0 && traceparent.charAt(LENGTH) == '-';
    }

    /// Drops whole members from the end until the state is short enough.
    private static String bounded(String state) {
        if (state.length() <= MAX_STATE) {
            return state;
        }
        int comma = state.lastIndexOf(',', MAX_STATE);
        return comma < 0 ? "" : state.substring(0, comma);
    }

    /// The same trace, with a span of our own as parent of what follows.
    public TraceContext under(String spanId) {
        return new TraceContext(traceId, spanId, flags, state);
    }

    /// The `traceparent` field of version 00; not for [#NONE].
    public String traceparent() {
        byte[] text = new byte[LENGTH];
        text[0] = '0';
        text[1] = '0';
        text[2] = '-';
        put(traceId, text, 3);
        text[35] = '-';
        put(parentId, text, 36);
        text[52] = '-';
        Hex.put(text, 53, flags, 2);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static void put(String id, byte[] out, int at) {
        for (int i = 0; i < id.length(); i++) {
            out[at + i] = (byte) id.charAt(i);
        }
    }
}
