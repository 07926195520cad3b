package io.sluice.realtime.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PresenceUserTest {
    @Test
    void whoLooksThroughItsRoomsIsNotDisturbedByItsComingAndGoing() {
        PresenceUser user = new PresenceUser("ann", 0);
        Seat first = new Seat(user, "a", 0);
        user.add(first);
        user.add(new Seat(user, "b", 0));
        List<Seat> looked = user.seats();

        user.remove(first);
        user.add(new Seat(user, "c", 0));

        assertThat(looked).extracting(seat -> seat.room).containsExactly("a", "b");
        assertThat(user.seats()).extracting(seat -> seat.room).containsExactly("b", "c");
        assertThat(user.in("a")).isNull();
    }
}
