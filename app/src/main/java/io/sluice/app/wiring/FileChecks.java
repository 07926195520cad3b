package io.sluice.app.wiring;

import io.sluice.core.config.Complaint;
import io.sluice.core.config.Loaded;
import io.sluice.core.time.Ticker;
import io.sluice.edge.filter.access.AccessLogConfig;
import io.sluice.edge.filter.auth.AuthConfig;
import io.sluice.edge.filter.auth.AuthGate;
import io.sluice.edge.filter.auth.AuthRuleConfig;
import io.sluice.edge.filter.auth.AuthenticatorFactory;
import io.sluice.net.listen.ListenerConfig;
import io.sluice.net.tls.AlpnOffer;
import io.sluice.net.tls.ClientTls;
import io.sluice.net.tls.HandshakeListener;
import io.sluice.net.tls.ServerTls;
import io.sluice.net.tls.ServerTlsConfig;
import io.sluice.net.tls.TlsFinding;
import io.sluice.net.tls.TlsFindings;
import io.sluice.proxy.upstream.discovery.Endpoint;
import io.sluice.proxy.upstream.discovery.ServiceConfig;
import java.io.File;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rules that need more than the text of a configuration: whether certificates and keys can be used, the access log can
/// be written, and somebody can check the credentials a rule asks for. Opens files, writes none, and connects to
/// nothing. A section that was refused while it was read is left out.
final class FileChecks {
    private static final String ROOT = GatewayConfig.ROOT;

    private final Loaded<GatewayConfig> loaded;
    private final Findings findings;
    private final Ticker ticker;

    private FileChecks(Loaded<GatewayConfig> loaded, Ticker ticker) {
        this.loaded = loaded;
        this.findings = new Findings(loaded);
        this.ticker = ticker;
    }

    static List<Complaint> of(Loaded<GatewayConfig> loaded, Ticker ticker) {
        GatewayConfig draft = loaded.draft();
        if (draft == null) {
            return List.of();
        }
        FileChecks checks = new FileChecks(loaded, ticker);
        checks.listener(draft.frontend().http().listener(), ROOT + ".frontend.http.tls");
        for (int i = 0; i < draft.listeners().size(); i++) {
            checks.listener(
                    draft.listeners().get(i).listener(), ROOT + ".listeners[" + i + "].tls");
        }
        checks.services(draft);
        checks.accessLog(draft.policy().accessLog());
        checks.credentials(draft);
        ExtensionChecks.check(draft, loaded, checks.findings);
        return checks.findings.all();
    }

    private void listener(ListenerConfig listener, String path) {
        ServerTlsConfig config = listener.tls();
        if (!config.enabled() || findings.failed(path)) {
            return;
        }
        TlsFindings found = new TlsFindings();
        ServerTls tls =
                ServerTls.load(config, listener.alpn(), ticker, HandshakeListener.NONE, found);
        if (tls != null) {
            tls.close();
        }
        tell(found, path);
    }

    private void services(GatewayConfig config) {
        String path = ROOT + ".backend.http.tls";
        if (findings.failed(path) || !callsSecurely(config)) {
            return;
        }
        TlsFindings found = new TlsFindings();
        var _ =
                ClientTls.context(
                        config.services().backend().http().tls(), AlpnOffer.EITHER, ticker, found);
        tell(found, path);
    }

    private boolean callsSecurely(GatewayConfig config) {
        if (config.services().backend().http().tls().enabled()) {
            return true;
        }
        if (findings.failed(ROOT + ".registry")) {
            return false;
        }
        return config.services().registry().staticServices().services().stream()
                .map(ServiceConfig::spec)
                .flatMap(service -> service.instances().stream())
                .anyMatch(instance -> instance.endpoint().security() == Endpoint.Security.TLS);
    }

    private void tell(TlsFindings found, String path) {
        for (TlsFinding finding : found.all()) {
            findings.add(finding.severity(), path + "." + finding.key(), finding.message());
        }
    }

    private void accessLog(AccessLogConfig config) {
        if (!config.enabled() || config.target().equals(AccessLogConfig.STDOUT)) {
            return;
        }
        String problem = unwritable(new File(config.target()));
        if (problem != null) {
            findings.error(ROOT + ".accessLog.target", problem);
        }
    }

    /// Why this file cannot be appended to, or null. The file is not made.
    private static @Nullable String unwritable(File file) {
        File folder = file.getAbsoluteFile().getParentFile();
        if (file.isDirectory()) {
            return "'" + file + "' is a folder, expected a file";
        }
        if (file.exists()) {
            return file.canWrite() ? null : "'" + file + "' cannot be written to";
        }
        if (folder == null || !folder.isDirectory()) {
            return "the folder of '" + file + "' does not exist";
        }
        return folder.canWrite() ? null : "no file can be made in the folder of '" + file + "'";
    }

    private void credentials(GatewayConfig config) {
        if (findings.failed(ROOT + ".auth")) {
            return;
        }
        AuthConfig auth = config.credentials();
        List<AuthenticatorFactory> known = Builtins.authenticators();
        String providers = AuthGate.problem(auth, known);
        if (providers != null) {
            findings.error(ROOT + ".auth.providers", providers);
            return;
        }
        for (RuleConfig rule : config.router().rules()) {
            String problem = AuthGate.problem(auth, known, rule.guards().auth());
            if (problem != null) {
                findings.error(loaded.places().pathOf(rule) + key(rule.guards().auth()), problem);
            }
        }
    }

    /// The key such a problem comes from: the rule itself when the demand stands in `auth`.
    private static String key(AuthRuleConfig rule) {
        String type = rule.authType();
        if (type != null && !type.isBlank()) {
            return ".authType";
        }
        return rule.authRequired() != null ? ".authRequired" : "";
    }
}
