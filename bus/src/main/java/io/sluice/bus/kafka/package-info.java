/// Logs in Kafka, with kafka-clients. Appending only queues; one virtual thread hands records to the producer, one
/// looks whether the brokers answer, and each follower has one that polls, handles and commits. No loop ever waits
/// for any of them.
@NullMarked
package io.sluice.bus.kafka;

import org.jspecify.annotations.NullMarked;
