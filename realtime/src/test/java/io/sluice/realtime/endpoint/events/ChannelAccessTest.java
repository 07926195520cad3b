package io.sluice.realtime.endpoint.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.core.identity.Principal;
import io.sluice.realtime.dialect.Doorkeepers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChannelAccessTest {
    private static final Principal ANN = principal("ann");
    private static final Principal SERVER = principal("backend", EventsEndpoint.SCOPE);

    private final ChannelAccess access =
            new ChannelAccess(
                    List.of("demo", "news:*"), List.of("inbox:{user}", "rt:*"), new Doorkeepers());

    private static Principal principal(String subject, String... scopes) {
        return new Principal(subject, "user", "jwt", Set.of(scopes), Map.of(), null);
    }

    @Test
    void everybodyHearsPublicChannelsOnly() {
        assertThat(refusal("demo", null)).isNull();
        assertThat(refusal("news:today", null)).isNull();
        assertThat(refusal("demo2", null)).isEqualTo(FailureKind.UNAUTHORIZED);
        assertThat(refusal("inbox:{user}", null)).isEqualTo(FailureKind.UNAUTHORIZED);
    }

    @Test
    void aUserHearsHisOwnAndThoseOfUsers() {
        assertThat(refusal("demo", ANN)).isNull();
        assertThat(refusal("inbox:ann", ANN)).isNull();
        assertThat(refusal("rt:g1", ANN)).isNull();
        assertThat(refusal("inbox:bob", ANN)).isEqualTo(FailureKind.FORBIDDEN);
    }

    @Test
    void aStarNeverMeansTheChannelsOfAFaceItself() {
        assertThat(refusal("rt:#watchers", ANN)).isEqualTo(FailureKind.FORBIDDEN);
        assertThat(refusal("rt:#watchers", SERVER)).isNull();
        assertThat(refusal("anything", SERVER)).isNull();
    }

    @Test
    void aSubjectIsNoPattern() {
        assertThat(refusal("inbox:bob", principal("*"))).isEqualTo(FailureKind.FORBIDDEN);
    }

    private @Nullable FailureKind refusal(String channel, @Nullable Principal principal) {
        Failure failure = access.refusal(channel, principal);
        return failure == null ? null : failure.kind();
    }
}
