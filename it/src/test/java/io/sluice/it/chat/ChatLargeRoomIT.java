package io.sluice.it.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A room that fills up.
class ChatLargeRoomIT {
    private static final int MEMBERS = 1_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    /// A client whose frames are read as they come.
    ///
    /// @param told what it was told of the last one's join; fails when it is closed before
    private record Guest(ChatClient client, CompletableFuture<String> told) {

        static Guest of(ChatClient client) {
            Guest guest = new Guest(client, new CompletableFuture<>());
            Thread.ofVirtual().start(guest::read);
            return guest;
        }

        private void read() {
            try {
                told.complete(client.until("\"userId\":\"u" + (MEMBERS - 1) + "\""));
            } catch (RuntimeException | AssertionError closed) {
                told.completeExceptionally(new CompletionException(closed));
            }
        }
    }

    @Test
    void aThousandMayComeIntoOneRoom() {
        RunningGateway gateway = gateways.start(ChatHandshakeIT.CHAT);
        List<Guest> guests = new ArrayList<>();
        try {
            for (int i = 0; i < MEMBERS - 1; i++) {
                guests.add(Guest.of(ChatClient.in(gateway.port(), "u" + i, "r")));
            }
            try (ChatClient last = ChatClient.open(gateway.port(), "u" + (MEMBERS - 1))) {
                last.join("r");
                String joined = last.until("room_update");
                assertThat(joined)
                        .startsWith(
                                "{\"type\":\"room_update\",\"payload\":{\"roomId\":\"r\",\"action\":\"joined\",\"userId\":\"u999\",\"members\":[\"u")
                        .endsWith("],\"memberCount\":1000}}");
                assertThat(joined.split("\"u", -1)).hasSizeLessThan(200 + 5);
                for (Guest guest : guests) {
                    assertThat(guest.told)
                            .succeedsWithin(PATIENCE)
                            .isEqualTo(
                                    "{\"type\":\"room_update\",\"payload\":{\"roomId\":\"r\",\"action\":\"joined\",\"userId\":\"u999\",\"memberCount\":1000}}");
                }
            }
        } finally {
            guests.forEach(guest -> guest.client.close());
        }
    }
}
