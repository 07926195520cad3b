package io.sluice.bench;

import io.sluice.bench.realtime.Answer;
import io.sluice.bench.realtime.Client;
import io.sluice.bench.realtime.Programs;
import java.util.List;
import java.util.Locale;

/// Requests that come whether or not earlier ones were answered.
record OpenLoop(Client client) implements AutoCloseable {

    /// What became of the requests of some seconds; those under way at the end count where they end.
    record Offered(Answer answer) {
        double due() {
            return answer.number("due");
        }

        /// Right and whole answers within the deadline.
        double good() {
            return answer.number("good");
        }

        double goodPerSecond() {
            return good() / answer.number("seconds");
        }

        /// 503 with Retry-After.
        double refused() {
            return answer.number("refused");
        }

        /// Given up at the deadline.
        double late() {
            return answer.number("late");
        }

        /// Other answers, cut connections, and what found no free connection.
        double failed() {
            return answer.number("bare")
                    + answer.number("wrong")
                    + answer.number("broken")
                    + answer.number("unsent");
        }

        double p99Millis() {
            return answer.p99Millis();
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%.0f due, %.0f good, %.0f refused, %.0f late, %.0f bare, %.0f wrong (%.0f),"
                            + " %.0f broken, %.0f unsent, %.0f connections opened, p50 %.1f ms,"
                            + " p99 %.1f ms, client %.1f ms behind",
                    due(),
                    good(),
                    refused(),
                    late(),
                    answer.number("bare"),
                    answer.number("wrong"),
                    answer.number("oddStatus"),
                    answer.number("broken"),
                    answer.number("unsent"),
                    answer.number("opened"),
                    answer.p50Millis(),
                    answer.p99Millis(),
                    answer.number("behindMicros") / 1000);
        }
    }

    static OpenLoop start(Programs programs, int port, List<String> arguments) {
        return new OpenLoop(Client.start(programs, List.of(port), arguments));
    }

    Offered offer(double perSecond, double seconds) {
        return new Offered(
                client.ask(String.format(Locale.ROOT, "offer %.1f %.2f", perSecond, seconds)));
    }

    @Override
    public void close() {
        client.close();
    }
}
