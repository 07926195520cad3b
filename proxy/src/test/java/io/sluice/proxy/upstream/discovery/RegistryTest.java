package io.sluice.proxy.upstream.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.net.dial.Origin;
import io.sluice.proxy.upstream.Instance;
import io.sluice.proxy.upstream.InstanceFeedback;
import io.sluice.proxy.upstream.InstanceSet;
import io.sluice.proxy.upstream.Service;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RegistryTest {
    private final Registry registry = new Registry(TrustingKeeper::new);

    /// Takes every member as well.
    private static final class TrustingKeeper implements ServiceKeeper {
        private final Service service;

        TrustingKeeper(String name) {
            service = new Service(name, InstanceSet.EMPTY, InstanceFeedback.none());
        }

        @Override
        public Service service() {
            return service;
        }

        @Override
        public void update(List<Member> members, ServiceHealthConfig health) {
            service.instances(InstanceSet.of(members.stream().map(Member::instance).toList()));
        }

        @Override
        public void close() {}
    }

    private static Origin origin(Endpoint endpoint) {
        return new Origin(
                endpoint.host(),
                endpoint.port(),
                null,
                null,
                endpoint.speaks(),
                Duration.ofSeconds(5));
    }

    private static InstanceSpec spec(String id, int port, int weight) {
        return new InstanceSpec(
                id,
                Endpoint.of("127.0.0.1", port),
                weight,
                InstanceSpec.Mark.HEALTHY,
                List.of(),
                Map.of());
    }

    private void apply(String name, InstanceSpec... specs) {
        plan(name, specs).commit();
    }

    private Registry.Plan plan(String name, InstanceSpec... specs) {
        return registry.prepare(
                List.of(new ServiceSpec(name, List.of(specs), ServiceHealthConfig.DEFAULT)),
                RegistryTest::origin);
    }

    private List<Instance> instances(String name) {
        return Objects.requireNonNull(registry.service(name)).instances().all();
    }

    @Test
    void keepsTheObjectsOfUnchangedInstancesAndRetiresTheOthers() {
        apply("s", spec("a", 1, 1), spec("b", 2, 1));
        Service service = registry.service("s");
        Instance a = instances("s").get(0);
        Instance b = instances("s").get(1);
        apply("s", spec("a", 1, 7), spec("c", 3, 1));
        assertThat(registry.service("s")).isSameAs(service);
        assertThat(instances("s").get(0)).isSameAs(a);
        assertThat(a.weight()).isEqualTo(7);
        assertThat(a.retired()).isFalse();
        assertThat(b.retired()).isTrue();
    }

    @Test
    void anInstanceWithAnotherAddressIsAnotherInstance() {
        apply("s", spec("a", 1, 1));
        Instance before = instances("s").getFirst();
        apply("s", spec("a", 2, 1));
        assertThat(instances("s").getFirst()).isNotSameAs(before);
        assertThat(before.retired()).isTrue();
    }

    @Test
    void aServiceThatIsGoneServesUntilPruned() {
        apply("old", spec("a", 1, 1));
        Service old = Objects.requireNonNull(registry.service("old"));
        apply("new", spec("a", 1, 1));
        assertThat(old.instances().usable()).hasSize(1);
        Instance instance = old.instances().all().getFirst();
        registry.prune();
        assertThat(registry.service("old")).isNull();
        assertThat(old.instances().all()).isEmpty();
        assertThat(instance.retired()).isTrue();
        assertThat(registry.service("new")).isNotNull();
    }

    @Test
    void anOriginThatCannotBeMadeChangesNothing() {
        apply("s", spec("a", 1, 1));
        Instance before = instances("s").getFirst();
        ServiceSpec changed =
                new ServiceSpec("s", List.of(spec("a", 9, 3)), ServiceHealthConfig.DEFAULT);
        assertThatThrownBy(() ->
                        registry.prepare(
                                List.of(changed),
                                endpoint -> {
                                    throw new IllegalStateException("no certificate");
                                }))
                .hasMessage("no certificate");
        assertThat(instances("s")).containsExactly(before);
        assertThat(before.weight()).isEqualTo(1);
        registry.prune();
        assertThat(registry.service("s")).isNotNull();
    }

    @Test
    void anAbandonedPlanChangesNothing() {
        apply("s", spec("a", 1, 1));
        Instance before = instances("s").getFirst();

        Registry.Plan plan = plan("s", spec("a", 2, 5));
        assertThat(plan.service("s")).isSameAs(registry.service("s"));
        plan.abandon();

        assertThat(instances("s")).containsExactly(before);
        assertThat(before.weight()).isEqualTo(1);
        assertThat(before.retired()).isFalse();
    }

    @Test
    void aNewServiceIsTheSameBeforeAndAfterTheCommitAndUnknownWithoutOne() {
        Registry.Plan dropped = plan("t", spec("a", 1, 1));
        assertThat(dropped.service("t")).isNotNull();
        assertThat(dropped.service("u")).isNull();
        dropped.abandon();
        assertThat(registry.service("t")).isNull();

        Registry.Plan plan = plan("t", spec("a", 1, 1));
        Service early = Objects.requireNonNull(plan.service("t"));
        assertThat(early.instances().all()).isEmpty();
        plan.commit();
        assertThat(registry.service("t")).isSameAs(early);
        assertThat(early.instances().usable()).hasSize(1);
    }

    @Test
    void wordsDecideHowAnInstanceIsSpokenTo() {
        assertThat(Endpoint.of("h", 1).speaks()).isEqualTo(Origin.Speaks.HTTP_1);
        Endpoint https = Endpoint.of("h", 1, BackendProtocol.HTTP, BackendProtocol.HTTPS);
        assertThat(https.security()).isEqualTo(Endpoint.Security.TLS);
        assertThat(https.speaks()).isEqualTo(Origin.Speaks.NEGOTIATED);
        Endpoint grpc = Endpoint.of("h", 1, BackendProtocol.GRPC, null, null);
        assertThat(grpc.security()).isEqualTo(Endpoint.Security.PLAIN);
        assertThat(grpc.speaks()).isEqualTo(Origin.Speaks.HTTP_2);
        assertThat(Endpoint.of("h", 1, BackendProtocol.WSS).speaks())
                .isEqualTo(Origin.Speaks.HTTP_1);
    }
}
