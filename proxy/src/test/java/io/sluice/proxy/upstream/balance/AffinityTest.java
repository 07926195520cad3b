package io.sluice.proxy.upstream.balance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.proxy.upstream.Balancer;
import io.sluice.proxy.upstream.Instance;
import io.sluice.proxy.upstream.InstanceFeedback;
import io.sluice.proxy.upstream.InstanceSet;
import io.sluice.proxy.upstream.Service;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AffinityTest {
    private static final String SECRET = "sixteen characters";

    private final Picks picks = Picks.equal(3);

    private static BalanceConfig config(AffinityConfig.Source source, @Nullable String secret) {
        return new BalanceConfig(
                Strategy.STICKY_SESSION,
                new AffinityConfig(
                        true, Duration.ofMinutes(10), source, "S", "X-Who", "who", 100, secret));
    }

    private Balancer sticky(AffinityConfig.Source source) {
        return picks.balancers.of("r", config(source, SECRET), picks.service);
    }

    private static Instance pick(Balancer balancer, Picks.Request request) {
        return Objects.requireNonNull(balancer.pick(request));
    }

    /// The `name=value` of the one cookie that is set for this answer.
    private static String issued(Picks.Request request, Instance instance) {
        List<String> cookies = request.cookies(instance);
        assertThat(cookies).hasSize(1);
        String cookie = cookies.getFirst();
        return cookie.substring(0, cookie.indexOf(';'));
    }

    @Test
    void aClientWithoutSessionIsGivenACookieThatLeadsBack() {
        Balancer balancer = sticky(AffinityConfig.Source.COOKIE);
        for (int i = 0; i < 9; i++) {
            Picks.Request first = picks.request();
            Instance chosen = pick(balancer, first);
            String cookie = issued(first, chosen);
            for (int n = 0; n < 3; n++) {
                Picks.Request next = picks.request().header("Cookie", "a=b; " + cookie);
                assertThat(pick(balancer, next)).isSameAs(chosen);
                assertThat(next.cookies(chosen)).isEmpty();
            }
        }
    }

    @Test
    void theCookieCarriesItsAttributesAndHidesTheInstance() {
        Balancer balancer = sticky(AffinityConfig.Source.COOKIE);
        Picks.Request plain = picks.request();
        Instance chosen = pick(balancer, plain);
        assertThat(plain.cookies(chosen).getFirst())
                .startsWith("S=")
                .endsWith("; Path=/; Max-Age=600; HttpOnly; SameSite=Lax")
                .doesNotContain(chosen.id() + ".");
        Picks.Request secure = picks.request().secured();
        Instance other = pick(balancer, secure);
        assertThat(secure.cookies(other).getFirst()).endsWith("; SameSite=Lax; Secure");
        Picks.Request behindTls = picks.request().header("X-Forwarded-Proto", "https");
        Instance third = pick(balancer, behindTls);
        assertThat(behindTls.cookies(third).getFirst()).endsWith("; SameSite=Lax; Secure");
    }

    @Test
    void anotherGatewayWithTheSameSecretUnderstandsTheCookie() {
        Picks.Request first = picks.request();
        Instance chosen = pick(sticky(AffinityConfig.Source.COOKIE), first);
        String cookie = issued(first, chosen);
        Picks replica = Picks.equal(3);
        Balancer there =
                replica.balancers.of(
                        "r", config(AffinityConfig.Source.COOKIE, SECRET), replica.service);
        for (int i = 0; i < 6; i++) {
            Instance found = pick(there, replica.request().header("Cookie", cookie));
            assertThat(found.id()).isEqualTo(chosen.id());
        }
    }

    @Test
    void aCookieWhoseInstanceIsOutIsReplaced() {
        Balancer balancer = sticky(AffinityConfig.Source.COOKIE);
        Picks.Request first = picks.request();
        Instance chosen = pick(balancer, first);
        String cookie = issued(first, chosen);
        List<Instance> left =
                picks.service.instances().all().stream().filter(one -> one != chosen).toList();
        picks.usable(left.toArray(Instance[]::new));
        Picks.Request second = picks.request().header("Cookie", cookie);
        Instance replacement = pick(balancer, second);
        assertThat(replacement).isNotSameAs(chosen);
        assertThat(issued(second, replacement)).isNotEqualTo(cookie);
    }

    @Test
    void afterARetryTheCookieNamesTheInstanceThatAnswered() {
        Balancer balancer = sticky(AffinityConfig.Source.COOKIE);
        Picks.Request request = picks.request();
        Instance failed = pick(balancer, request);
        request.after(failed);
        Instance answered = pick(balancer, request);
        assertThat(answered).isNotSameAs(failed);
        String cookie = issued(request, answered);
        assertThat(pick(balancer, picks.request().header("Cookie", cookie))).isSameAs(answered);
    }

    @Test
    void aRetryOnTheSameInstanceIssuesOneCookie() {
        Picks single = Picks.equal(1);
        Balancer balancer =
                single.balancers.of(
                        "r", config(AffinityConfig.Source.COOKIE, SECRET), single.service);
        Picks.Request request = single.request();
        Instance only = pick(balancer, request);
        request.after(only);

        assertThat(pick(balancer, request)).isSameAs(only);

        assertThat(request.cookies(only)).hasSize(1);
    }

    @Test
    void anAnswerOfTheGatewayItselfSetsNoCookie() {
        Picks.Request request = picks.request();
        pick(sticky(AffinityConfig.Source.COOKIE), request);
        assertThat(request.cookies(null)).isEmpty();
    }

    @Test
    void theCookieIsRenewedInTheSecondHalfOfItsLife() {
        Balancer balancer = sticky(AffinityConfig.Source.COOKIE);
        Picks.Request first = picks.request();
        Instance chosen = pick(balancer, first);
        String cookie = issued(first, chosen);
        picks.ticker.advance(Duration.ofMinutes(6));
        Picks.Request later = picks.request().header("Cookie", cookie);
        assertThat(pick(balancer, later)).isSameAs(chosen);
        assertThat(issued(later, chosen)).isNotEqualTo(cookie);
    }

    @Test
    void twoServicesUnderOneCookieNameDoNotTakeItFromEachOther() {
        Picks.Request first = picks.request();
        Instance chosen = pick(sticky(AffinityConfig.Source.COOKIE), first);
        String cookie = issued(first, chosen);
        Service other =
                new Service(
                        "other",
                        InstanceSet.of(
                                List.of(
                                        new Instance("other", "x", chosen.origin(), 1),
                                        new Instance("other", "y", chosen.origin(), 1))),
                        InstanceFeedback.none());
        Balancer balancer =
                picks.balancers.of("r2", config(AffinityConfig.Source.COOKIE, SECRET), other);
        Picks.Request request = picks.request().header("Cookie", cookie);
        Instance there = pick(balancer, request);
        assertThat(request.cookies(there)).isEmpty();
        for (int i = 0; i < 5; i++) {
            assertThat(pick(balancer, picks.request().header("Cookie", cookie))).isSameAs(there);
        }
    }

    @Test
    void anIdOfTheClientStaysOnItsInstance() {
        Balancer byHeader = sticky(AffinityConfig.Source.HEADER);
        Instance one = pick(byHeader, picks.request().header("X-Who", "anna"));
        Balancer byCookie = sticky(AffinityConfig.Source.COOKIE);
        Picks.Request own = picks.request().header("Cookie", "S=berta");
        Instance two = pick(byCookie, own);
        assertThat(own.cookies(two)).isEmpty();
        Balancer byQuery = sticky(AffinityConfig.Source.QUERY);
        Instance three = pick(byQuery, picks.request().query("a=1&who=carla&b=2"));
        for (int i = 0; i < 5; i++) {
            assertThat(pick(byHeader, picks.request().header("X-Who", "anna"))).isSameAs(one);
            assertThat(pick(byCookie, picks.request().header("Cookie", "S=berta"))).isSameAs(two);
            assertThat(pick(byQuery, picks.request().query("who=carla"))).isSameAs(three);
        }
    }

    @Test
    void rememberedSessionsSurviveAReload() {
        Balancer before = sticky(AffinityConfig.Source.HEADER);
        Instance chosen = pick(before, picks.request().header("X-Who", "anna"));
        Balancer after = sticky(AffinityConfig.Source.HEADER);
        for (int i = 0; i < 5; i++) {
            assertThat(pick(after, picks.request().header("X-Who", "anna"))).isSameAs(chosen);
        }
    }

    @Test
    void aSessionIsForgottenSomeTimeAfterItsLastUse() {
        SessionTable table = new SessionTable(10, Duration.ofMinutes(10).toNanos());
        Instance instance = picks.instance(0);
        long minute = Duration.ofMinutes(1).toNanos();
        table.put("a", instance, 0);
        assertThat(table.find("a", 9 * minute)).isSameAs(instance);
        assertThat(table.find("a", 18 * minute)).isSameAs(instance);
        assertThat(table.find("a", 28 * minute)).isNull();
    }

    @Property
    void theTableNeverHoldsMoreThanItsBound(
            @ForAll @IntRange(min = 1, max = 20) int capacity,
            @ForAll @Size(max = 200) List<@IntRange(min = 0, max = 50) Integer> ids) {
        SessionTable table = new SessionTable(capacity, Duration.ofMinutes(10).toNanos());
        long now = 0;
        for (int id : ids) {
            Instance instance = picks.instance(id % 3);
            table.put("k" + id, instance, now++);
            assertThat(table.find("k" + id, now)).isSameAs(instance);
            assertThat(table.size()).isLessThanOrEqualTo(capacity);
        }
    }

    @Test
    void withoutASecretEveryProcessHasAKeyOfItsOwn() {
        BalanceConfig config = config(AffinityConfig.Source.COOKIE, null);
        Picks.Request first = picks.request();
        String cookie = issued(first, pick(picks.balancers.of("r", config, picks.service), first));
        Picks.Request second = picks.request();
        Balancers elsewhere = new Balancers(picks.ticker, new SecureRandom());
        for (int i = 0; i < 2; i++) {
            Picks.Request again = picks.request();
            Balancer balancer = elsewhere.of("r", config, picks.service);
            assertThat(issued(again, pick(balancer, again))).isNotEqualTo(cookie);
        }
        assertThat(pick(elsewhere.of("r", config, picks.service), second)).isNotNull();
    }
}
