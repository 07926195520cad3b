package io.sluice.testkit;

import java.io.IOException;

/// What an origin does with a request. Runs on the connection's virtual thread and may block. An
/// [IOException] it throws means that the client went away or that the handler gives up: the connection is
/// closed and the request counts as cancelled.
@FunctionalInterface
public interface OriginHandler {
    void handle(OriginRequest request, OriginReply reply) throws IOException;
}
