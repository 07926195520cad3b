/// The words of HTTP that every later room speaks: heads, headers, bodies, the exchange, the
/// handler. One exchange lives on one loop thread. Nothing here knows how HTTP/1.1 or HTTP/2 look
/// on the wire. Buffers have one owner at a time, named where a method takes or gives one.
@NullMarked
package io.sluice.net.http;

import org.jspecify.annotations.NullMarked;
