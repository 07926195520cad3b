package io.sluice.edge.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.core.life.Swap;
import io.sluice.edge.ExchangeFixture;
import io.sluice.edge.ExchangeFixture.Pair;
import io.sluice.edge.route.PathPolicy;
import io.sluice.edge.route.RouteRule;
import io.sluice.edge.route.RouteTable;
import io.sluice.net.http.Ending;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FilterChainTest {
    private final ExchangeFixture fixture = new ExchangeFixture();
    private final List<String> ran = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void filtersRunInTheOrderOfPhasesAndThenTheHandler() {
        Pair pair = fixture.get("/a").open();
        chain(
                        next("late", Phase.TRANSFORM),
                        next("first", Phase.TRACE),
                        next("second", Phase.TRACE),
                        next("middle", Phase.CORS))
                .handle(pair.exchange());
        assertThat(ran).containsExactly("first", "second", "middle", "late", "handler");
        assertThat(pair.reply().status()).isEqualTo(200);
    }

    @Test
    void anAnswerOrARefusalEndsTheWay() {
        Pair answered = fixture.get("/a").open();
        chain(
                        filter("a", Phase.CORS, _ -> new Step.Answer(Response.empty(204))),
                        next("b", Phase.CORS))
                .handle(answered.exchange());
        Pair refused = fixture.get("/a").open();
        Failure why = Failure.of(FailureKind.FORBIDDEN, "No.");
        chain(filter("c", Phase.CORS, _ -> new Step.Refuse(why)), next("d", Phase.CORS))
                .handle(refused.exchange());

        assertThat(ran).containsExactly("a", "c");
        assertThat(answered.reply().status()).isEqualTo(204);
        assertThat(refused.reply().status()).isEqualTo(403);
        assertThat(refused.exchange().failure()).isEqualTo(why);
    }

    @Test
    void aFilterMayWaitAndTheRestRunsOnTheLoop() {
        CompletableFuture<Step> step = new CompletableFuture<>();
        Pair pair = fixture.get("/a").open();
        chain(
                        filter("wait", Phase.AUTHENTICATE, _ -> new Step.Later(step)),
                        filter(
                                "after",
                                Phase.AUTHORISE,
                                x -> {
                                    ran.add("on loop " + x.loop().isCurrent());
                                    return Step.next();
                                }))
                .handle(pair.exchange());
        assertThat(ran).containsExactly("wait");

        step.complete(Step.next());

        await().until(() -> pair.reply().status() == 200);
        assertThat(ran).containsExactly("wait", "after", "on loop true", "handler");
    }

    @Test
    void nothingRunsAfterTheClientHasGone() {
        CompletableFuture<Step> step = new CompletableFuture<>();
        Pair pair = fixture.get("/a").open();
        chain(
                        filter("wait", Phase.AUTHENTICATE, _ -> new Step.Later(step)),
                        next("b", Phase.AUTHORISE))
                .handle(pair.exchange());
        pair.exchange().end(Ending.CLIENT_GONE);

        step.complete(Step.next());
        fixture.loop.executor().submit(() -> {}).syncUninterruptibly();

        assertThat(ran).containsExactly("wait");
        assertThat(pair.reply().status()).isZero();
    }

    @Test
    void whatIsThrownIsAnsweredWith500() {
        Pair thrown = fixture.get("/a").open();
        chain(
                        filter(
                                "a",
                                Phase.CORS,
                                _ -> {
                                    throw new IllegalStateException("a bug on purpose");
                                }))
                .handle(thrown.exchange());
        Pair failed = fixture.get("/a").open();
        chain(
                        filter(
                                "a",
                                Phase.CORS,
                                _ ->
                                        new Step.Later(
                                                CompletableFuture.failedFuture(
                                                        new IllegalStateException(
                                                                "a bug on purpose")))))
                .handle(failed.exchange());

        assertThat(thrown.reply().status()).isEqualTo(500);
        assertThat(thrown.reply().body()).contains("\"error\":\"internal\"").doesNotContain("bug");
        await().until(() -> failed.reply().status() == 500);
    }

    @Test
    void anExchangeKeepsTheSnapshotItStartedWith() {
        CompletableFuture<Step> step = new CompletableFuture<>();
        Filter wait = filter("wait", Phase.GUARD, _ -> new Step.Later(step));
        Swap<Edge> swap = new Swap<>(edge(List.of(wait), RouteRule.of("old", "/a")));
        Pair pair = fixture.get("/a").open();
        new Front(swap).handle(pair.exchange());

        swap.set(edge(List.of(), RouteRule.of("new", "/b")));
        step.complete(Step.next());

        await().until(() -> pair.reply().status() == 200);
        assertThat(ran).containsExactly("wait", "old");
    }

    @Test
    void unknownPathsAndMethodsAreRefused() {
        Edge edge = edge(List.of(), RouteRule.of("r", "/a").withMethods("GET"));

        Pair unknown = run(edge, "GET", "/nope");
        assertThat(unknown.reply().status()).isEqualTo(404);
        assertThat(unknown.reply().body()).contains("\"error\":\"not_found\"", "\"status\":404");

        Pair wrong = run(edge, "POST", "/a");
        assertThat(wrong.reply().status()).isEqualTo(405);
        assertThat(wrong.reply().header("Allow")).isEqualTo("GET");
        assertThat(wrong.reply().header("Content-Type")).isEqualTo("application/json");
        assertThat(ran).isEmpty();
    }

    @Test
    void traceIsNeverPassedOn() {
        Pair pair = run(edge(List.of(), RouteRule.of("r", "/*")), "TRACE", "/a");
        assertThat(pair.reply().status()).isEqualTo(405);
        assertThat(ran).isEmpty();
    }

    @Test
    void optionsIsAnsweredUnlessARuleTakesIt() {
        Edge edge =
                edge(
                        List.of(),
                        RouteRule.of("some", "/a").withMethods("GET", "PUT"),
                        RouteRule.of("own", "/b").withMethods("OPTIONS"));
        Pair ours = run(edge, "OPTIONS", "/a");
        assertThat(ours.reply().status()).isEqualTo(204);
        assertThat(ours.reply().header("Allow")).isEqualTo("GET, PUT, OPTIONS");
        assertThat(run(edge, "OPTIONS", "*").reply().status()).isEqualTo(204);
        assertThat(ran).isEmpty();

        assertThat(run(edge, "OPTIONS", "/b").reply().status()).isEqualTo(200);
        assertThat(ran).containsExactly("own");
    }

    @Test
    void anotherAuthorityThanHostIsTakenOnlyByARuleThatNamesIt() {
        Edge edge =
                edge(
                        List.of(),
                        RouteRule.of("any", "/*"),
                        RouteRule.of("named", "/*").withHosts("a.test", "*.b.test"));

        assertThat(foreign(edge, "evil.test").reply().status()).isEqualTo(421);
        assertThat(foreign(edge, "b.test").reply().body())
                .contains("\"error\":\"misdirected_request\"");
        assertThat(ran).isEmpty();
        assertThat(foreign(edge, "A.test:8080").reply().status()).isEqualTo(200);
        assertThat(foreign(edge, "x.b.test").reply().status()).isEqualTo(200);
        assertThat(ran).containsExactly("named", "named");
    }

    private Pair foreign(Edge edge, String authority) {
        Pair pair = fixture.get("/a").authority(authority).open();
        pair.exchange().foreignHost("gateway.test");
        edge.entry().handle(pair.exchange());
        return pair;
    }

    private Pair run(Edge edge, String method, String path) {
        Pair pair = fixture.request(method, path).open();
        edge.entry().handle(pair.exchange());
        return pair;
    }

    private Edge edge(List<Filter> filters, RouteRule... rules) {
        List<RouteTable.Entry<CompiledRoute>> entries = new ArrayList<>();
        for (RouteRule rule : rules) {
            String id = rule.idAt(entries.size());
            CompiledRoute route =
                    CompiledRoute.of(id, rule, List.of(), exchange -> answer(id, exchange));
            entries.add(RouteTable.Entry.of(rule, entries.size(), route));
        }
        return Edge.of(filters, RouteTable.compile(entries, (_, _) -> {}), PathPolicy.DEFAULT);
    }

    private FilterChain chain(Filter... filters) {
        return new FilterChain(List.of(filters), exchange -> answer("handler", exchange));
    }

    private void answer(String name, Exchange exchange) {
        ran.add(name);
        exchange.answer(Response.of(200, "text/plain", name));
    }

    private Filter next(String name, Phase phase) {
        return filter(name, phase, _ -> Step.next());
    }

    private Filter filter(String name, Phase phase, Function<Exchange, Step> body) {
        return new Filter() {
            @Override
            public Phase phase() {
                return phase;
            }

            @Override
            public Step apply(Exchange exchange) {
                ran.add(name);
                return body.apply(exchange);
            }
        };
    }
}
