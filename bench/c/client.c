/* The load client of the realtime cases.
 *
 *   client key=value ...
 *
 * Keys: port (one or several, members take turns), path, headers, expect and send (a script after the handshake,
 * in order), message, room (members of one), beat, events=1, engine=1, publish, publishHeaders; for offers deadline,
 * length, most, perConnection and tokens. Then it obeys lines on its standard input and answers each with one line of
 * JSON:
 *
 *   open N                     open until N members are joined
 *   flight K SECONDS           every room keeps K broadcasts under way
 *   pace RATE SECONDS          RATE broadcasts a second, rooms in turn
 *   shake N SECONDS            open and reset connections, N at most
 *   offer RATE SECONDS         RATE requests a second, answered or not
 *   rejoin N SPREAD LIMIT      reset all, then N members come back, evenly within SPREAD seconds
 *   close                      reset all
 *
 * It never sleeps while measuring. Between commands it reads on, so that no server sees a slow reader. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "client.h"

enum { LINE = 256, WAIT_MILLIS = 200 };

struct settings settings = {.members_per_room = 1000, .path = "/", .headers = "", .publish_headers = "",
                            .deadline = 1, .length = 1024, .most = 18000, .per_connection = 20};

static void add_ports(char *list) {
    for (char *port = strtok(list, ","); port && settings.port_count < MOST_PORTS; port = strtok(NULL, ","))
        settings.ports[settings.port_count++] = atoi(port);
}

static void add_step(const char *expect) {
    if (settings.step_count == MOST_STEPS) fail("too long a script", expect);
    settings.steps[settings.step_count++].expect = expect;
}

static void set(char *argument) {
    char *value = strchr(argument, '=');
    if (!value) fail("needs key=value", argument);
    *value++ = 0;
    const struct {
        const char *key;
        const char **target;
    } texts[] = {{"path", &settings.path},       {"headers", &settings.headers}, {"message", &settings.message},
                 {"beat", &settings.beat},       {"publish", &settings.publish},
                 {"publishHeaders", &settings.publish_headers}, {"tokens", &settings.tokens}};
    const struct {
        const char *key;
        int *target;
    } numbers[] = {{"room", &settings.members_per_room}, {"length", &settings.length},
                   {"most", &settings.most},             {"perConnection", &settings.per_connection}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (strcmp(argument, texts[i].key) == 0) {
            *texts[i].target = value;
            return;
        }
    }
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (strcmp(argument, numbers[i].key) == 0) {
            *numbers[i].target = atoi(value);
            return;
        }
    }
    if (strcmp(argument, "port") == 0) add_ports(value);
    else if (strcmp(argument, "deadline") == 0) settings.deadline = atof(value);
    else if (strcmp(argument, "events") == 0) settings.events = true;
    else if (strcmp(argument, "engine") == 0) settings.engine = true;
    else if (strcmp(argument, "expect") == 0) add_step(value);
    else if (strcmp(argument, "send") == 0) {
        if (settings.step_count == 0) add_step("");
        settings.steps[settings.step_count - 1].send = value;
    } else fail("unknown key", argument);
}

static void obey(const char *line) {
    int count;
    double rate, seconds, limit;
    uint64_t began = now_nanos();
    if (sscanf(line, "open %d", &count) == 1) {
        open_members(count);
        printf("{\"open\":%d,\"seconds\":%.3f}\n", member_count, (double)(now_nanos() - began) / 1e9);
    } else if (sscanf(line, "flight %d %lf", &count, &seconds) == 2) {
        run_flights(count, seconds);
    } else if (sscanf(line, "pace %lf %lf", &rate, &seconds) == 2) {
        run_paced(rate, seconds);
    } else if (sscanf(line, "shake %d %lf", &count, &seconds) == 2) {
        run_handshakes(count, seconds);
    } else if (sscanf(line, "offer %lf %lf", &rate, &seconds) == 2) {
        run_offer(rate, seconds);
    } else if (sscanf(line, "rejoin %d %lf %lf", &count, &seconds, &limit) == 3) {
        run_rejoin(count, seconds, limit);
    } else if (strcmp(line, "close") == 0) {
        close_members();
        close_calls();
        printf("{\"open\":0}\n");
    } else {
        fail("unknown command", line);
    }
    fflush(stdout);
}

int main(int count, char **arguments) {
    char line[LINE];
    signal(SIGPIPE, SIG_IGN);
    for (int i = 1; i < count; i++) set(arguments[i]);
    if (settings.port_count == 0) fail("needs a port", "port=N");
    watch_input(STDIN_FILENO);
    for (;;) {
        while (!input_ready()) pump(WAIT_MILLIS);
        ssize_t length = read(STDIN_FILENO, line, LINE - 1);
        if (length <= 0) return 0;
        line[length] = 0;
        line[strcspn(line, "\n")] = 0;
        obey(line);
    }
}
