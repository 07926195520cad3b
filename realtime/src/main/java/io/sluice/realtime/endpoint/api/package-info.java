/// The server API of channels: what backends call over HTTP to publish, to disconnect, and to see who is where. Each
/// resource is one small class behind [Posted] or [Asked], which see to method, media type, size and error answers. Who
/// may call was established before. Runs on the loop of its exchange; what may block leaves it.
@NullMarked
package io.sluice.realtime.endpoint.api;

import org.jspecify.annotations.NullMarked;
