/// The dialect `rt`: groups of clients that share updates, with one presence record per group. Frames are JSON as
/// JavaScript would print it, in the order of keys its clients were written against. [RtCodec] is pure; [RtFace] acts
/// on the loop of the connection and keeps nothing per connection but a reference to its group. Nothing here blocks.
@NullMarked
package io.sluice.realtime.dialect.rt;

import org.jspecify.annotations.NullMarked;
