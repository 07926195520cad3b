package io.sluice.it.gates;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.fail.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FailuresPageTest {
    private static final String HEAD =
            """
            # Failures

            Everything the gateway itself refuses or breaks off, made from `FailureKind`; do not edit. To make it anew:
            `mvn test -pl it -am -Dtest=FailuresPageTest -Dsurefire.failIfNoSpecifiedTests=false -Dfailures.write=true`

            The answer is JSON: `error` holds the code, then come `message`, `status`, `requestId` and `traceId`. The kind is
            the label of metrics and the word in the access log. What a service answers passes through untouched and
            is not in this table. `client_gone` is never sent, only logged; `upstream_timeout` is 504 with
            `errors.timeoutStatus: 504`. An open WebSocket is ended with the close code; 1006 is never sent. The gRPC
            status is fixed here but not sent yet. Another attempt is made under the rules of
            [decision 0012](decisions/0012-retries.md).

            A 503 that will pass says `Retry-After` in seconds: an open breaker until it tries again. Input that never
            became a request is in the access log too, under the id of its answer and with `-` for what was not
            read; of a flood at most 40 lines a second.

            | kind | status | code | close code | gRPC status | logged at most at | another attempt |
            |---|---|---|---|---|---|---|
            """;

    @Test
    void thePageIsTheTableOfTheCode() throws IOException {
        Path page = Project.root().resolve("docs/failures.md");
        StringBuilder text = new StringBuilder(HEAD);
        for (FailureKind kind : FailureKind.values()) {
            text.append(row(kind));
        }
        if (Boolean.getBoolean("failures.write")) {
            Files.writeString(page, text);
        }
        assertThat(page)
                .as("docs/failures.md is out of date; run this test with -Dfailures.write=true")
                .hasContent(text.toString());
    }

    private static String row(FailureKind kind) {
        return "| `%s` | %d | `%s` | %d | %d | %s | %s |%n"
                .formatted(
                        kind.label(),
                        kind.status(),
                        kind.code(),
                        kind.closeCode(),
                        kind.grpcStatus(),
                        kind.level(),
                        attempt(kind.retry()));
    }

    private static String attempt(FailureKind.Retry retry) {
        return switch (retry) {
            case NEVER -> "no";
            case IDEMPOTENT -> "when the method is idempotent";
            case ALWAYS -> "yes, nothing was sent";
        };
    }
}
