package io.sluice.proxy.attempt;

import io.sluice.core.fail.Failure;
import io.sluice.net.http.BodySink;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.ResponseHead;

/// How a forwarder gives the outcome to the client. Shared by all exchanges of a route; loop threads.
public interface AnswerPath {
    /// Starts the answer; the body of the service's reply goes into the sink that is given back.
    BodySink open(Exchange exchange, ResponseHead head);

    /// No attempt brought an answer, or it broke off after the head.
    void refuse(Exchange exchange, Failure failure);

    /// The plain way: the head as it came, failures by [Exchange#fail].
    static AnswerPath plain() {
        return PlainAnswerPath.INSTANCE;
    }
}
