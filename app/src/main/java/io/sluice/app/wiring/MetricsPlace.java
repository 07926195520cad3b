package io.sluice.app.wiring;

import io.sluice.app.metrics.MetricsConfig;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.Handler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where the metrics page is. A port of its own is opened at the start and never later, so a reload that asks for
/// another one leaves the page where it is, and says so. Handles what comes in on that port.
final class MetricsPlace implements Handler {
    private static final Logger LOG = LoggerFactory.getLogger(MetricsPlace.class);

    /// No path, so that nothing is found.
    private static final String NO_PATH = "";

    enum Where {
        NOWHERE("not served"),
        MAIN_PORT("on the main port"),
        OWN_PORT("on the port of its own it had");

        private final String text;

        Where(String text) {
            this.text = text;
        }
    }

    private final Handler page;
    private final int ownPort;
    private MetricsConfig config;
    private volatile Where inForce = Where.NOWHERE;
    private volatile OnlyPage own;

    MetricsPlace(MetricsConfig first, Handler page) {
        this.page = page;
        this.ownPort = first.enabled() ? first.port() : 0;
        this.config = first;
        this.own = new OnlyPage(NO_PATH, page);
    }

    /// The port to open for the page alone; 0 for none.
    int ownPort() {
        return ownPort;
    }

    /// Where the page is going to be under this configuration.
    Where under(MetricsConfig next) {
        if (!next.enabled()) {
            return Where.NOWHERE;
        }
        if (next.port() == 0) {
            return Where.MAIN_PORT;
        }
        return next.port() == ownPort ? Where.OWN_PORT : inForce;
    }

    /// The configuration is in force.
    void commit(MetricsConfig next) {
        Where where = under(next);
        if (!next.equals(config)) {
            tellWhatNeedsARestart(next, where);
        }
        config = next;
        own = new OnlyPage(where == Where.OWN_PORT ? next.path() : NO_PATH, page);
        inForce = where;
    }

    private void tellWhatNeedsARestart(MetricsConfig next, Where where) {
        if (next.enabled() && next.port() > 0 && next.port() != ownPort) {
            LOG.atWarn()
                    .addKeyValue("metrics.port", next.port())
                    .log(
                            "The change of metrics.port needs a restart; until then the page is {}",
                            where.text);
        } else if (ownPort > 0 && where != Where.OWN_PORT) {
            LOG.atWarn()
                    .addKeyValue("metrics.port", ownPort)
                    .log(
                            "The port that the metrics page had stays open until the next start, and answers 404");
        }
    }

    @Override
    public void handle(Exchange exchange) {
        own.handle(exchange);
    }
}
