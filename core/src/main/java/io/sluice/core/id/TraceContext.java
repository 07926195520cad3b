package io.sluice.core.id;

import org.jspecify.annotations.Nullable;

/// W3C trace context of one request (Trace Context level 1, 3.2).
///
/// @param traceparent the field of version 00, 55 characters; empty only in [#NONE]
/// @param state `tracestate` as received, possibly empty
public record TraceContext(String traceparent, String state) {
    public static final TraceContext NONE = new TraceContext("", "");

    /// The only flag of level 1; others are not passed on.
    public static final int SAMPLED = 1;

    /// Most characters of a `tracestate` that are passed on.
    public static final int MAX_STATE = 512;

    static final int LENGTH = 55;
    static final int TRACE = 3;
    static final int PARENT = 36;
    static final int FLAGS = 53;

    private static final int TRACE_END = 35;
    private static final int PARENT_END = 52;

    /// @param traceId 32 lower-case hex digits, not all zero
    /// @param parentId 16 lower-case hex digits: the span the gateway opened for this request
    /// @param flags trace flags, 0–255
    public static TraceContext of(String traceId, String parentId, int flags, String state) {
        String digits = flags < 16 ? "0" + Integer.toHexString(flags) : Integer.toHexString(flags);
        return new TraceContext("00-" + traceId + '-' + parentId + '-' + digits, state);
    }

    /// The context a caller sent, with the caller's span as parent, or null when `traceparent` is not valid. Versions
    /// above 00 are read as 00 as far as they agree; version ff is not valid.
    ///
    /// @param state all `tracestate` fields joined by commas, empty when there was none
    public static @Nullable TraceContext parse(String traceparent, String state) {
        if (traceparent.length() < LENGTH
                || traceparent.charAt(TRACE - 1) != '-'
                || traceparent.charAt(TRACE_END) != '-'
                || traceparent.charAt(PARENT_END) != '-') {
            return null;
        }
        int version = Hex.pair(traceparent, 0);
        int flags = Hex.pair(traceparent, FLAGS);
        if (version < 0
                || version == 0xff
                || flags < 0
                || !endsRight(traceparent, version)
                || !Hex.isId(traceparent, TRACE, TRACE_END)
                || !Hex.isId(traceparent, PARENT, PARENT_END)) {
            return null;
        }
        return of(
                traceparent.substring(TRACE, TRACE_END),
                traceparent.substring(PARENT, PARENT_END),
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

    /// The same trace, with a span of our own as parent of what follows; not for [#NONE].
    public TraceContext under(String spanId) {
        return of(traceId(), spanId, flags(), state);
    }

    /// 32 lower-case hex digits; empty in [#NONE].
    public String traceId() {
        return traceparent.isEmpty() ? "" : traceparent.substring(TRACE, TRACE_END);
    }

    /// 16 lower-case hex digits; empty in [#NONE].
    public String parentId() {
        return traceparent.isEmpty() ? "" : traceparent.substring(PARENT, PARENT_END);
    }

    /// 0–255.
    public int flags() {
        return traceparent.isEmpty() ? 0 : Hex.pair(traceparent, FLAGS);
    }
}
