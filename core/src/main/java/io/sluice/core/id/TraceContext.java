package io.sluice.core.id;

/// W3C trace context of one request (Trace Context level 1, 3.2).
///
/// @param traceId 32 lower-case hex digits, not all zero; empty only in [#NONE]
/// @param parentId 16 lower-case hex digits: the span the gateway opened for this request
/// @param flags trace flags, 0–255
/// @param state `tracestate` as received, possibly empty
public record TraceContext(String traceId, String parentId, int flags, String state) {
    public static final TraceContext NONE = new TraceContext("", "", 0, "");
}
