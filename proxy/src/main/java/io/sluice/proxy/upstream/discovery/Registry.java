package io.sluice.proxy.upstream.discovery;

import io.sluice.net.dial.Origin;
import io.sluice.proxy.upstream.Instance;
import io.sluice.proxy.upstream.Service;
import io.sluice.proxy.upstream.discovery.Endpoint.OriginSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The services of the process. Outlives reloads: a service keeps its object as long as its name is configured, an
/// instance as long as id and origin stay the same, and with it pools, counters and health. Any thread, not a loop.
public final class Registry {
    private final ServiceKeeper.Factory keepers;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private Set<String> wanted = Set.of();

    private record Entry(ServiceKeeper keeper, List<Member> members) {}

    private record Planned(ServiceSpec service, List<Member> members) {}

    public Registry(ServiceKeeper.Factory keepers) {
        this.keepers = keepers;
    }

    /// Works out what these services change, and changes nothing. One plan at a time: another one may be made once this
    /// one is committed or abandoned.
    ///
    /// @throws RuntimeException when an origin cannot be made
    public synchronized Plan prepare(Collection<ServiceSpec> services, OriginSource origins) {
        List<Planned> planned = new ArrayList<>(services.size());
        for (ServiceSpec service : services) {
            planned.add(new Planned(service, members(service, origins)));
        }
        Map<String, ServiceKeeper> opened = new HashMap<>();
        for (ServiceSpec service : services) {
            if (!entries.containsKey(service.name())) {
                opened.computeIfAbsent(service.name(), keepers::open);
            }
        }
        return new Plan(planned, opened);
    }

    /// Services as they are going to be.
    public final class Plan {
        private final List<Planned> services;
        private final Map<String, ServiceKeeper> opened;

        private Plan(List<Planned> services, Map<String, ServiceKeeper> opened) {
            this.services = services;
            this.opened = opened;
        }

        /// The service of this name, or null when it is not planned. A new one has no instances before the commit.
        public @Nullable Service service(String name) {
            ServiceKeeper fresh = opened.get(name);
            if (fresh != null) {
                return fresh.service();
            }
            return names().contains(name) ? Registry.this.service(name) : null;
        }

        /// Puts the plan in force, adding and changing what differs. Services that are not in it stay until [#prune], so
        /// that routes which still name them go on while they are swapped.
        public void commit() {
            synchronized (Registry.this) {
                wanted = names();
                services.forEach(planned -> replace(planned, opened));
            }
        }

        private Set<String> names() {
            return services.stream()
                    .map(planned -> planned.service().name())
                    .collect(Collectors.toUnmodifiableSet());
        }

        /// Ends what was opened for the plan.
        public void abandon() {
            opened.values().forEach(ServiceKeeper::close);
        }
    }

    /// Lets go of the services the last plan did not name; to be called once no new request can reach them.
    public synchronized void prune() {
        for (String name : List.copyOf(entries.keySet())) {
            if (!wanted.contains(name)) {
                Entry gone = entries.remove(name);
                if (gone != null) {
                    gone.keeper().update(List.of(), ServiceHealthConfig.DEFAULT);
                    gone.keeper().close();
                    gone.members().forEach(member -> member.instance().retire());
                }
            }
        }
    }

    /// The service of this name, or null.
    public @Nullable Service service(String name) {
        Entry entry = entries.get(name);
        return entry == null ? null : entry.keeper().service();
    }

    public List<Service> services() {
        return entries.values().stream().map(entry -> entry.keeper().service()).toList();
    }

    /// The instances of a service and what its source says about them; empty when there is no such service.
    public List<Member> members(String service) {
        Entry entry = entries.get(service);
        return entry == null ? List.of() : entry.members();
    }

    private List<Member> members(ServiceSpec service, OriginSource origins) {
        Map<String, Member> known = new HashMap<>();
        for (Member member : members(service.name())) {
            known.put(member.instance().id(), member);
        }
        List<Member> next = new ArrayList<>(service.instances().size());
        for (InstanceSpec spec : service.instances()) {
            Origin origin = origins.origin(spec.endpoint());
            Member old = known.get(spec.id());
            Instance instance =
                    old != null && old.instance().origin().equals(origin)
                            ? old.instance()
                            : new Instance(service.name(), spec.id(), origin, spec.weight());
            next.add(new Member(instance, spec));
        }
        return List.copyOf(next);
    }

    private void replace(Planned planned, Map<String, ServiceKeeper> opened) {
        ServiceSpec service = planned.service();
        List<Member> next = planned.members();
        Entry old = entries.get(service.name());
        ServiceKeeper keeper =
                old == null ? Objects.requireNonNull(opened.get(service.name())) : old.keeper();
        for (Member member : next) {
            member.instance().weight(member.spec().weight());
        }
        keeper.update(next, service.health());
        entries.put(service.name(), new Entry(keeper, next));
        if (old != null) {
            retireGone(old.members(), next);
        }
    }

    private static void retireGone(List<Member> before, List<Member> after) {
        Set<Instance> kept = new HashSet<>();
        after.forEach(member -> kept.add(member.instance()));
        for (Member member : before) {
            if (!kept.contains(member.instance())) {
                member.instance().retire();
            }
        }
    }
}
