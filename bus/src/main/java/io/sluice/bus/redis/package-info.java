/// What nodes share by Redis, with Lettuce: topics over pub/sub, numbered topics and logs over streams, the rest over
/// hashes, sets and sorted sets under the keys as given. What must happen at once is a Lua script, a resource beside
/// the classes. Sockets belong to Lettuce's own threads, never to a loop of ours; each server has a virtual thread that
/// keeps the connection and one that sends.
@NullMarked
package io.sluice.bus.redis;

import org.jspecify.annotations.NullMarked;
