package io.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.bench.OpenLoop.Offered;
import io.sluice.bench.process.Commands;
import io.sluice.bench.realtime.Programs;
import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.net.http.ErrorAnswer;
import io.sluice.net.http.Handler;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The open loop in C against services of this process.
class OpenLoopTest {
    @TempDir Path folder;

    private Programs programs = new Programs(Path.of(""), Path.of(""));

    @BeforeEach
    void compile() {
        assumeTrue(Commands.installed("cc") && Commands.installed("taskset"), "needs a C compiler");
        programs = new Programs(Path.of("..").toAbsolutePath().normalize(), folder);
        assertThat(programs.compile()).isNull();
    }

    private Offered offer(Handler service, String... arguments) {
        List<String> all = new ArrayList<>(List.of("path=/bench/1024"));
        all.addAll(List.of(arguments));
        try (Origin origin = new Origin(service);
                OpenLoop load = OpenLoop.start(programs, origin.port(), all)) {
            return load.offer(500, 1);
        }
    }

    @Test
    void whatIsServedInTimeIsGood() {
        Offered offered = offer(Origin::bytes, "deadline=60", "perConnection=7");

        assertThat(offered.due()).isBetween(490.0, 501.0);
        assertThat(offered.good()).isPositive();
        assertThat(offered.failed() + offered.late() + offered.refused()).isZero();
        assertThat(offered.answer().number("opened")).isGreaterThanOrEqualTo(offered.good() / 7);
    }

    @Test
    void whatIsNeverAnsweredIsLateAndFindsNoConnectionInTheEnd() {
        Offered offered = offer(_ -> {}, "deadline=0.2", "most=50");

        assertThat(offered.late()).isPositive();
        assertThat(offered.answer().number("unsent")).isPositive();
        assertThat(offered.good()).isZero();
    }

    @Test
    void refusalsAreToldApartByWhetherTheySayWhenToComeBack() {
        Failure full = Failure.of(FailureKind.OVERLOADED, "full");

        assertThat(offer(refusing(full.retryAfter(1)), "deadline=60").refused()).isPositive();
        Offered bare = offer(refusing(full), "deadline=60");
        assertThat(bare.refused()).isZero();
        assertThat(bare.answer().number("bare")).isPositive();
    }

    private static Handler refusing(Failure failure) {
        return exchange -> exchange.answer(ErrorAnswer.of(exchange, failure));
    }

    @Test
    void anAnswerOfAnotherLengthIsWrong() {
        Offered offered = offer(Origin::bytes, "deadline=60", "length=1000");

        assertThat(offered.good()).isZero();
        assertThat(offered.answer().number("wrong")).isPositive();
    }

    @Test
    void aCrewServesNoMoreThanItsWorkersCan() {
        Offered offered = offer(new Crew(), "deadline=60");

        assertThat(offered.good()).isPositive();
        assertThat(offered.answer().p50Millis()).isGreaterThanOrEqualTo(Crew.MILLIS);
    }
}
