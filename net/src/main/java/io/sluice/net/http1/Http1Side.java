package io.sluice.net.http1;

import io.sluice.net.http.Handler;
import io.sluice.net.http.RefusalListener;
import io.sluice.net.loop.Loop;

/// What all HTTP/1.1 connections of one listener share. Immutable but for the date caches, each used by one loop.
public final class Http1Side {
    private final Http1Settings settings;
    private final Handler handler;
    private final RefusalListener refusals;
    private final DateValue[] dates;

    /// @param loops how many loops the process has
    public Http1Side(Http1Settings settings, Handler handler, RefusalListener refusals, int loops) {
        this.settings = settings;
        this.handler = handler;
        this.refusals = refusals;
        this.dates = new DateValue[loops];
    }

    Http1Settings settings() {
        return settings;
    }

    Handler handler() {
        return handler;
    }

    RefusalListener refusals() {
        return refusals;
    }

    DateValue date(Loop loop) {
        DateValue date = dates[loop.index()];
        if (date == null) {
            date = new DateValue(loop.ticker());
            dates[loop.index()] = date;
        }
        return date;
    }
}
