package io.sluice.net.tls;

import io.netty.channel.ChannelPipeline;
import io.sluice.core.life.Swap;
import io.sluice.core.time.Pause;
import io.sluice.core.time.Ticker;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// TLS of one listener. [#install] is for loops; everything else blocks on files and is for start-up, for the watching
/// virtual thread and for [#close].
///
/// Changed files take effect for new connections. Files that cannot be used leave the certificates in force as they
/// are, with one WARN per change.
public final class ServerTls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServerTls.class);
    private static final String SNI_HANDLER = "tls";
    private static final String GATE = "tlsGate";

    private final ServerTlsConfig config;
    private final AlpnOffer offer;
    private final Ticker ticker;
    private final WatchedFiles files;
    private final HandshakeListener failures;
    private final Swap<ServerContexts> contexts;
    private @Nullable ServerContexts retired;
    private @Nullable Thread watcher;
    private boolean closed;

    private ServerTls(
            ServerTlsConfig config,
            AlpnOffer offer,
            Ticker ticker,
            HandshakeListener failures,
            WatchedFiles files,
            ServerContexts first) {
        this.config = config;
        this.offer = offer;
        this.ticker = ticker;
        this.failures = failures;
        this.files = files;
        this.contexts = new Swap<>(first);
    }

    /// Reads all files and builds the contexts.
    ///
    /// @param offer what ALPN chooses from
    /// @param failures told of each handshake that fails
    /// @param findings receives errors and warnings
    /// @return null when an error was found
    public static @Nullable ServerTls load(
            ServerTlsConfig config,
            AlpnOffer offer,
            Ticker ticker,
            HandshakeListener failures,
            TlsFindings findings) {
        WatchedFiles files = new WatchedFiles(filesOf(config));
        ServerContexts first = build(config, offer, ticker, findings);
        return first == null ? null : new ServerTls(config, offer, ticker, failures, files, first);
    }

    /// Adds the handlers of the handshake to a new connection. `ready` runs on the loop once the handshake is done and
    /// installs what comes after it; it never runs when the handshake fails, the connection is closed then. Whole time
    /// from this call: `handshakeTimeout`.
    public void install(ChannelPipeline pipeline, Consumer<Negotiated> ready) {
        long timeout = config.handshakeTimeout().toMillis();
        pipeline.addLast(SNI_HANDLER, new TlsGate.NameChoice(contexts.get(), timeout, ticker));
        pipeline.addLast(GATE, new TlsGate(ready, failures));
    }

    /// Starts to look for changed files on a virtual thread, until [#close].
    public synchronized void watch(Duration period) {
        if (watcher == null && !closed) {
            watcher = Thread.ofVirtual().name("tls-files").start(() -> watchEvery(period));
        }
    }

    private void watchEvery(Duration period) {
        try {
            while (true) {
                Pause.of(period);
                reloadIfChanged();
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /// Looks for changed files once.
    ///
    /// @return whether new certificates are in force
    public synchronized boolean reloadIfChanged() {
        if (closed) {
            return false;
        }
        releaseRetired();
        if (!files.changed()) {
            return false;
        }
        TlsFindings findings = new TlsFindings();
        ServerContexts next = build(config, offer, ticker, findings);
        if (next == null) {
            LOG.atWarn()
                    .addKeyValue("problems", findings.all())
                    .log("changed TLS files cannot be used, the old certificates stay");
            return false;
        }
        retired = contexts.set(next);
        LOG.atInfo().addKeyValue("remarks", findings.all()).log("TLS files reloaded");
        return true;
    }

    /// Frees the contexts. No connection may be accepted any more; open ones are not touched.
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (watcher != null) {
            watcher.interrupt();
        }
        releaseRetired();
        contexts.get().release();
    }

    /// One look-round after it was replaced: a loop may have taken it just before the swap.
    private void releaseRetired() {
        if (retired != null) {
            retired.release();
            retired = null;
        }
    }

    private static List<String> filesOf(ServerTlsConfig config) {
        List<String> files = new ArrayList<>(config.clients().authorityFiles());
        if (config.certFile() != null) {
            files.add(config.certFile());
        }
        if (config.keyFile() != null) {
            files.add(config.keyFile());
        }
        for (SniCertificateConfig more : config.certificates()) {
            files.add(more.certFile());
            files.add(more.keyFile());
        }
        return files;
    }

    private static @Nullable ServerContexts build(
            ServerTlsConfig config, AlpnOffer offer, Ticker ticker, TlsFindings findings) {
        config.check(findings::error);
        config.versions().check(findings::error);
        config.clients().check(findings::error);
        List<KeyMaterial> materials = new ArrayList<>();
        List<List<String>> hosts = new ArrayList<>();
        String certFile = config.certFile();
        String keyFile = config.keyFile();
        if (certFile != null && keyFile != null) {
            add(
                    KeyMaterial.load("certFile", certFile, "keyFile", keyFile, ticker, findings),
                    materials);
            hosts.add(List.of());
        }
        for (int i = 0; i < config.certificates().size(); i++) {
            SniCertificateConfig more = config.certificates().get(i);
            String at = "certificates[" + i + "].";
            add(
                    KeyMaterial.load(
                            at + "certFile",
                            more.certFile(),
                            at + "keyFile",
                            more.keyFile(),
                            ticker,
                            findings),
                    materials);
            hosts.add(more.hosts());
        }
        List<X509Certificate> authorities = Authorities.read(config.clients(), findings);
        if (findings.broken()) {
            return null;
        }
        return ServerContexts.build(
                materials, hosts, new ServerContextMaker(config, offer, authorities, findings));
    }

    private static void add(@Nullable KeyMaterial material, List<KeyMaterial> materials) {
        if (material != null) {
            materials.add(material);
        }
    }
}
