package io.sluice.testkit;

import java.io.IOException;
import java.time.Duration;

/// The behaviours an origin is usually asked for.
public final class OriginHandlers {
    private static final byte[] FILL = new byte[64 * 1024];

    private OriginHandlers() {}

    /// Answers 200 with JSON of what was received: `name`, `method`, `target`, `version`, `headers` as
    /// `[name, value]` pairs in order, `bodySize`, `bodySha256`, `clientCertificate`.
    public static OriginHandler echo(String name) {
        return (request, reply) -> {
            OriginRequest.BodyDigest body = request.digestBody();
            String json = EchoJson.of(name, request, body);
            if (request.method().equals("HEAD")) {
                reply.headOnly(200, "Content-Type: application/json", "Content-Length: 2");
            } else {
                reply.json(200, json);
            }
        };
    }

    public static OriginHandler json(int status, String body, String... fields) {
        return (request, reply) -> {
            request.digestBody();
            reply.json(status, body, fields);
        };
    }

    /// A body of `size` zero bytes with `Content-Length`, written in pieces of 64 KiB.
    public static OriginHandler sized(long size) {
        return (request, reply) -> {
            reply.begin(200, "Content-Length: " + size);
            for (long left = size; left > 0; left -= FILL.length) {
                reply.raw(left >= FILL.length ? FILL : new byte[(int) left]);
            }
            reply.complete();
        };
    }

    /// Waits before `then`; notices a client that leaves meanwhile.
    public static OriginHandler delayed(Duration by, OriginHandler then) {
        return (request, reply) -> {
            reply.pause(by);
            then.handle(request, reply);
        };
    }

    /// `count` chunks of `size` bytes with a pause before each.
    public static OriginHandler chunks(int count, int size, Duration pause) {
        return (request, reply) -> {
            reply.startChunks(200, "Content-Type: application/octet-stream");
            for (int i = 0; i < count; i++) {
                if (!pause.isZero()) {
                    reply.pause(pause);
                }
                reply.chunk(new byte[size]);
            }
            reply.endChunks();
        };
    }

    /// Reads the body in pieces of at most `size` bytes with a pause after each, then `then`.
    public static OriginHandler slowReader(int size, Duration pause, OriginHandler then) {
        return (request, reply) -> {
            byte[] piece = new byte[size];
            while (request.body().read(piece) >= 0) {
                sleep(pause);
            }
            then.handle(request, reply);
        };
    }

    /// Closes with FIN without a byte of reply.
    public static OriginHandler closeBeforeReply() {
        return (request, reply) -> reply.closeNow();
    }

    /// Resets without a byte of reply.
    public static OriginHandler resetBeforeReply() {
        return (request, reply) -> reply.reset();
    }

    /// Announces `announced` bytes, sends `sent` of them, resets.
    public static OriginHandler resetMidBody(int announced, int sent) {
        return (request, reply) -> {
            reply.begin(200, "Content-Length: " + announced);
            reply.raw(new byte[sent]);
            reply.reset();
        };
    }

    /// Announces `announced` bytes, sends `sent` of them, closes as if that were all.
    public static OriginHandler truncated(int announced, int sent) {
        return (request, reply) -> {
            reply.begin(200, "Content-Length: " + announced);
            reply.raw(new byte[sent]);
            reply.closeNow();
        };
    }

    /// A chunked body with these trailers.
    public static OriginHandler trailers(String body, String... trailers) {
        return (request, reply) -> {
            request.digestBody();
            reply.startChunks(200, "Content-Type: text/plain");
            reply.chunk(body);
            reply.endChunks(trailers);
        };
    }

    /// 103 with these fields, then `then`.
    public static OriginHandler earlyHints(OriginHandler then, String... fields) {
        return (request, reply) -> {
            reply.informational(103, fields);
            then.handle(request, reply);
        };
    }

    /// Never answers.
    public static OriginHandler stall() {
        return (request, reply) -> reply.stall();
    }

    /// Writes these bytes and closes; for replies that are not HTTP.
    public static OriginHandler rawBytes(byte[] bytes) {
        return (request, reply) -> {
            reply.raw(bytes);
            reply.closeNow();
        };
    }

    private static void sleep(Duration time) throws IOException {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
