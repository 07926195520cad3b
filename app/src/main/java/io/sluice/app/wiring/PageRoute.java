package io.sluice.app.wiring;

import io.sluice.net.http.Handler;

/// One page of the gateway itself.
///
/// @param id also its metric label
/// @param path literal path
record PageRoute(String id, String path, Handler handler) {}
