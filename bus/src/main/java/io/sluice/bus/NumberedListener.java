package io.sluice.bus;

/// Hears the messages of a numbered topic, one at a time, under the rules of [TopicListener]. Offsets of one epoch
/// only grow.
@FunctionalInterface
public interface NumberedListener {

    void message(String name, Numbered message);

    /// A message this node served itself while the server was gone has got its place among the others; it does not come
    /// again.
    default void placed(String name, Position position) {}

    /// Messages may be missing before the next one; [NumberedTopics#since] has them, if they are still kept.
    default void gap(String name) {}
}
