package io.sluice.bus;

/// Hears the messages of a numbered topic, one at a time, under the rules of [TopicListener]. Offsets of one epoch
/// only grow.
@FunctionalInterface
public interface NumberedListener {

    void message(String name, Numbered message);

    /// Messages may be missing before the next one; [NumberedTopics#since] has them, if they are still kept.
    default void gap(String name) {}
}
