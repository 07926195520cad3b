package io.sluice.net.tls;

import io.sluice.core.config.Checked;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Whether and how clients of a listener prove who they are.
public record ClientCertificateConfig(
        @Doc(
                        "Client certificates: none, request (verified when given), require or verify (must be given).")
                @Default("none")
                ClientAuth clientAuth,
        @Doc("Authorities that client certificates must come from, PEM.")
                @Nullable String clientCAFile,
        @Doc("More files of authorities, PEM.") List<String> clientCAs)
        implements Checked {

    public static final ClientCertificateConfig NONE =
            new ClientCertificateConfig(ClientAuth.NONE, null, List.of());

    public ClientCertificateConfig {
        clientCAs = List.copyOf(clientCAs);
    }

    @Override
    public void check(BiConsumer<String, String> problem) {
        if (clientAuth.asks() && authorityFiles().isEmpty()) {
            problem.accept(
                    "clientAuth",
                    "without clientCAFile or clientCAs no client certificate can be verified");
        }
    }

    List<String> authorityFiles() {
        List<String> files = new ArrayList<>(clientCAs);
        if (clientCAFile != null) {
            files.addFirst(clientCAFile);
        }
        return files;
    }
}
