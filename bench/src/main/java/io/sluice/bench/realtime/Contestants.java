package io.sluice.bench.realtime;

import io.sluice.bench.process.Token;
import io.sluice.bench.realtime.Contestant.Need;
import io.sluice.bench.realtime.Contestant.Talk;
import java.util.List;
import java.util.Map;

/// The servers that take part.
final class Contestants {
    private static final int WARM_C = 2;
    private static final int WARM_NODE = 6;
    private static final int WARM_JVM = 60;
    static final String API_KEY = "a-key-of-the-bench";

    /// Members identify with a group, and messages of 200 bytes go to all of it.
    private static final List<String> GROUPS =
            List.of(
                    "path=/rt",
                    "expect=\"ready\"",
                    "send={\"type\":\"identify\",\"ts\":1,\"payload\":{\"clientType\":\"app-client\",\"groupId\":\"g%R\"}}",
                    "expect=\"presence\":{",
                    "message={\"type\":\"data_update\",\"ts\":4,\"payload\":{\"data\":\"%M\"}}",
                    "beat={\"type\":\"heartbeat\",\"ts\":1}");

    private static final List<String> CHAT = List.of("path=/chat?token=" + Token.hs256());

    private static final List<String> ENGINE =
            List.of(
                    "path=/socket.io/?EIO=4&transport=websocket",
                    "engine=1",
                    "expect=0{",
                    "send=40",
                    "expect=40{",
                    "send=42[\"join\",\"r%R\"]",
                    "expect=\"joined\"",
                    "message=42[\"msg\",\"%M\"]");

    private static final List<String> EVENTS =
            List.of(
                    "events=1",
                    "path=/events?channel=rt:g%R",
                    "publish=/publish",
                    "publishHeaders=Content-Type: application/json\r\nX-API-Key: "
                            + API_KEY
                            + "\r\n",
                    "message={\"channel\":\"rt:g%R\",\"data\":\"%M\"}");

    static final Contestant LOOP =
            new Contestant(
                    "C write loop",
                    Need.NOTHING,
                    "",
                    List.of("${loop}", "${port}"),
                    WARM_C,
                    Map.of(
                            Talk.ROOMS,
                            List.of("path=/ws?room=%R", "message=%M"),
                            Talk.EVENTS,
                            List.of(
                                    "events=1",
                                    "path=/events?room=%R",
                                    "publish=/publish?room=%R",
                                    "message=%M")));

    static final Contestant WS =
            new Contestant(
                    "ws",
                    Need.NODE,
                    "",
                    List.of("node", "${node}/ws.js", "${port}", Token.SECRET),
                    WARM_NODE,
                    Map.of(Talk.ROOMS, GROUPS, Talk.HANDSHAKES, CHAT));

    static final Contestant SOCKET_IO =
            new Contestant(
                    "Socket.IO",
                    Need.NODE,
                    "",
                    List.of("node", "${node}/socketio.js", "${port}"),
                    WARM_NODE,
                    Map.of(Talk.ROOMS, ENGINE));

    static final Contestant SOCKET_IO_REDIS =
            new Contestant(
                    "Socket.IO, Redis adapter",
                    Need.NODE,
                    "",
                    List.of("node", "${node}/socketio.js", "${port}", "${redis}"),
                    WARM_NODE,
                    Map.of(Talk.ROOMS, ENGINE));

    static final Contestant NCHAN =
            new Contestant(
                    "nchan",
                    Need.NCHAN,
                    "nchan.conf",
                    List.of("nginx", "-e", "/dev/null", "-c", "${config}", "-g", "daemon off;"),
                    WARM_C,
                    Map.of(
                            Talk.ROOMS,
                            List.of("path=/rooms/%R", "message=%M"),
                            Talk.EVENTS,
                            List.of(
                                    "events=1",
                                    "path=/rooms/%R",
                                    "publish=/publish/%R",
                                    "message=%M")));

    static final Contestant SLUICE = sluice("sluice-realtime.yaml");
    static final Contestant SLUICE_REDIS = sluice("sluice-cluster.yaml");
    static final Contestant SLUICE_EVENTS = sluice("sluice-events.yaml");
    static final Contestant SLUICE_CHAT = sluice("sluice-chat.yaml");

    static final String OURS = "sluice";

    private Contestants() {}

    private static Contestant sluice(String config) {
        return new Contestant(
                OURS,
                Need.NOTHING,
                config,
                List.of("${root}/sluice", "run", "--config", "${config}"),
                WARM_JVM,
                Map.of(Talk.ROOMS, GROUPS, Talk.EVENTS, EVENTS, Talk.HANDSHAKES, CHAT));
    }
}
