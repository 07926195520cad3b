package io.sluice.proxy.attempt;

import io.sluice.core.fail.Failure;
import io.sluice.net.http.BodySink;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.ResponseHead;

enum PlainAnswerPath implements AnswerPath {
    INSTANCE;

    @Override
    public BodySink open(Exchange exchange, ResponseHead head) {
        return exchange.answer(head);
    }

    @Override
    public void refuse(Exchange exchange, Failure failure) {
        exchange.fail(failure);
    }
}
