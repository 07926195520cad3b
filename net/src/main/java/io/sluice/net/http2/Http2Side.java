package io.sluice.net.http2;

import io.netty.util.AsciiString;
import io.sluice.net.http.Handler;
import io.sluice.net.http.RefusalListener;
import io.sluice.net.http1.DateValue;
import io.sluice.net.loop.Loop;

/// What all HTTP/2 connections of one listener share. Immutable but for the date caches, each used by one loop.
public final class Http2Side {
    private final Http2Limits limits;
    private final Handler handler;
    private final RefusalListener refusals;
    private final DateValue[] dates;

    /// @param handler the entry point of the edge
    /// @param loops how many loops the process has
    public Http2Side(Http2Limits limits, Handler handler, RefusalListener refusals, int loops) {
        this.limits = limits;
        this.handler = handler;
        this.refusals = refusals;
        this.dates = new DateValue[loops];
    }

    Http2Limits limits() {
        return limits;
    }

    Handler handler() {
        return handler;
    }

    RefusalListener refusals() {
        return refusals;
    }

    AsciiString date(Loop loop) {
        DateValue date = dates[loop.index()];
        if (date == null) {
            date = new DateValue(loop.ticker());
            dates[loop.index()] = date;
        }
        return new AsciiString(date.get(), false);
    }
}
