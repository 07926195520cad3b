package io.sluice.net.http;

import io.netty.buffer.Unpooled;
import io.sluice.core.fail.Failure;
import io.sluice.core.id.TraceContext;
import io.sluice.core.identity.Principal;
import io.sluice.net.loop.Loop;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One request being answered, the same for HTTP/1.1 and HTTP/2. Lives on one loop thread from head to end. The answer
/// is given once, by [#answer] or [#fail]. Filters that want to change it leave an [AnswerEdit]; whoever
/// must know the end (logs, metrics, an upstream call to cancel) leaves an [EndListener].
public final class Exchange {

    /// Changes the head of the answer just before it is written, whoever gives it. Runs on the loop.
    @FunctionalInterface
    public interface AnswerEdit {
        void edit(Exchange exchange, ResponseHead head);
    }

    /// Told exactly once, on the loop, when the exchange is over.
    @FunctionalInterface
    public interface EndListener {
        void ended(Exchange exchange, Ending ending);
    }

    private final Loop loop;
    private final Peer peer;
    private final Reply reply;
    private final long startNanos;
    private final List<AnswerEdit> edits = new ArrayList<>(4);
    private final List<EndListener> endListeners = new ArrayList<>(4);

    private RequestHead request;
    private BodySource requestBody;
    private String clientAddress;
    private String requestId = "";
    private TraceContext trace = TraceContext.NONE;
    private @Nullable String foreignHost;
    private @Nullable RouteMatch route;
    private @Nullable Principal principal;
    private @Nullable Failure failure;
    private @Nullable ResponseHead answer;
    private @Nullable Ending ending;
    private UpstreamNote upstream = UpstreamNote.NONE;
    private long bytesIn;
    private long bytesOut;

    public Exchange(
            Loop loop, Peer peer, RequestHead request, BodySource requestBody, Reply reply) {
        this.loop = loop;
        this.peer = peer;
        this.request = request;
        this.requestBody = requestBody;
        this.reply = reply;
        this.clientAddress = peer.address();
        this.startNanos = loop.ticker().nanos();
    }

    public Loop loop() {
        return loop;
    }

    public Peer peer() {
        return peer;
    }

    public RequestHead request() {
        return request;
    }

    /// Replaces the head, for rewrites of the target. The headers object is usually the same.
    public void request(RequestHead newRequest) {
        request = newRequest;
    }

    public BodySource requestBody() {
        return requestBody;
    }

    /// Wraps the body, for limits; before it was started.
    public void requestBody(BodySource newBody) {
        requestBody = newBody;
    }

    /// Monotonic time of the first byte of the head, in the loop's ticker.
    public long startNanos() {
        return startNanos;
    }

    /// The client's address: the peer's, or what trusted proxies said in front of it.
    public String clientAddress() {
        return clientAddress;
    }

    public void clientAddress(String address) {
        clientAddress = address;
    }

    public String requestId() {
        return requestId;
    }

    public TraceContext trace() {
        return trace;
    }

    public void identify(String newRequestId, TraceContext newTrace) {
        requestId = newRequestId;
        trace = newTrace;
    }

    /// What `Host` said when an absolute-form target named another authority, else null: only for routes that name it.
    public @Nullable String foreignHost() {
        return foreignHost;
    }

    public void foreignHost(@Nullable String host) {
        foreignHost = host;
    }

    /// The matched route; null before matching and when nothing matched.
    public @Nullable RouteMatch route() {
        return route;
    }

    public void route(RouteMatch newRoute) {
        route = newRoute;
    }

    public @Nullable Principal principal() {
        return principal;
    }

    public void principal(Principal newPrincipal) {
        principal = newPrincipal;
    }

    /// What is known of the call to a service, for logs and metrics.
    public UpstreamNote upstream() {
        return upstream;
    }

    public void upstream(UpstreamNote note) {
        upstream = note;
    }

    public void onAnswer(AnswerEdit edit) {
        edits.add(edit);
    }

    /// Adds a listener; runs at once when the exchange is over already. Listeners run last added first, so that an
    /// upstream call is let go before the log line is written.
    public void onEnd(EndListener listener) {
        if (ending != null) {
            listener.ended(this, ending);
        } else {
            endListeners.add(listener);
        }
    }

    public boolean answered() {
        return answer != null;
    }

    /// Head of the answer, or null before it was given.
    public @Nullable ResponseHead answer() {
        return answer;
    }

    /// Why the gateway itself refused or broke off, or null when it did not.
    public @Nullable Failure failure() {
        return failure;
    }

    public boolean ended() {
        return ending != null;
    }

    /// Passes an interim response on (100, 103). Ignored once answered or ended.
    public void informational(ResponseHead head) {
        if (answer == null && ending == null) {
            reply.informational(head);
        }
    }

    /// Starts the answer and gives the sink for its body. Once per exchange; after the end the sink swallows all.
    ///
    /// @throws IllegalStateException when already answered
    public BodySink answer(ResponseHead head) {
        if (answer != null) {
            throw new IllegalStateException(
                    "exchange " + requestId + " is already answered with " + answer.status());
        }
        Failure objection = reply.objection(head);
        if (objection != null) {
            fail(objection);
            return new DiscardingSink();
        }
        answer = head;
        if (ending != null) {
            return new DiscardingSink();
        }
        edit(head);
        return reply.begin(head);
    }

    /// Starts an answer that is no HTTP message with an end: writes this head, ends the exchange as complete and gives
    /// what is left of the connection, or of the stream. The head leaves with the first flush. Over HTTP/1.1 one of
    /// status 101 carries `Upgrade`; one of status 200 announces chunks, and whoever takes over writes their framing, so
    /// that one chunk serves many clients. Over HTTP/2, where 101 is not allowed, the bytes are the payload of DATA.
    ///
    /// @throws IllegalStateException when already answered, or when the request has a body
    public Tunnel takeOver(ResponseHead head) {
        if (answer != null || requestBody.length() != 0) {
            throw new IllegalStateException(
                    "exchange " + requestId + " is answered or has a body, expected neither");
        }
        answer = head;
        if (ending != null) {
            return new GoneTunnel(loop, peer);
        }
        edit(head);
        return reply.takeOver(head);
    }

    private void edit(ResponseHead head) {
        for (int i = 0; i < edits.size(); i++) {
            edits.get(i).edit(this, head);
        }
    }

    /// Ends an HTTP/1 connection with the answer, which says so. Before the answer; without effect over HTTP/2.
    public void last() {
        if (answer == null && ending == null) {
            reply.last();
        }
    }

    /// Answers with a whole small response.
    public void answer(Response response) {
        Headers headers = response.head().headers();
        headers.set(HeaderName.CONTENT_LENGTH, Integer.toString(response.body().length));
        if (response.head().bodiless()) {
            headers.remove(HeaderName.CONTENT_LENGTH);
        }
        BodySink sink = answer(response.head());
        if (response.body().length > 0) {
            sink.piece(Unpooled.wrappedBuffer(response.body()));
        }
        sink.end(null);
    }

    /// Answers with the error body of this failure, or cuts the exchange when the head is already out.
    public void fail(Failure why) {
        if (failure == null) {
            failure = why;
        }
        if (ending != null) {
            return;
        }
        if (answer != null) {
            reply.cut();
        } else {
            answer(ErrorAnswer.of(this, why));
        }
    }

    /// Counts bytes of the request body; called by the body's source.
    public void countIn(long bytes) {
        bytesIn += bytes;
    }

    /// Counts bytes of the answer's body; called by the reply.
    public void countOut(long bytes) {
        bytesOut += bytes;
    }

    public long bytesIn() {
        return bytesIn;
    }

    public long bytesOut() {
        return bytesOut;
    }

    /// For the reply: the exchange is over. Later calls are ignored.
    public void end(Ending how) {
        if (ending != null) {
            return;
        }
        ending = how;
        for (int i = endListeners.size() - 1; i >= 0; i--) {
            endListeners.get(i).ended(this, how);
        }
    }
}
