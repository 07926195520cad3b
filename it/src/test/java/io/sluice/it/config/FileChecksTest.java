package io.sluice.it.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.app.wiring.ConfigLoading;
import io.sluice.core.config.Complaint;
import io.sluice.core.config.ConfigInput;
import io.sluice.core.config.ConfigSource;
import io.sluice.testkit.TestCertificates;
import io.sluice.testkit.TestCertificates.PemFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a start would stumble over is said by the check, with the line of its key.
class FileChecksTest {
    @TempDir private Path folder;

    private List<String> said(String yaml) {
        ConfigInput input =
                new ConfigInput(List.of(ConfigSource.text("g.yaml", yaml)), List.of(), Map.of());
        return ConfigLoading.outcome(ConfigLoading.read(input)).complaints().stream()
                .map(FileChecksTest::line)
                .toList();
    }

    private static String line(Complaint complaint) {
        return complaint.severity() + " " + complaint;
    }

    @Test
    void missingCertificatesAreReportedAtTheirKeys() {
        List<String> said =
                said(
                        """
                        gateway:
                          frontend:
                            http:
                              tls:
                                enabled: true
                                certFile: nowhere/cert.pem
                                keyFile: nowhere/key.pem
                          listeners:
                            - port: 8443
                              tls:
                                enabled: true
                                certFile: nowhere/other.pem
                                keyFile: nowhere/other.pem
                        """);

        assertThat(said)
                .containsExactly(
                        "ERROR g.yaml:6: gateway.frontend.http.tls.certFile: file 'nowhere/cert.pem' does not exist, seen from the working directory",
                        "ERROR g.yaml:7: gateway.frontend.http.tls.keyFile: file 'nowhere/key.pem' does not exist, seen from the working directory",
                        "ERROR g.yaml:12: gateway.listeners[0].tls.certFile: file 'nowhere/other.pem' does not exist, seen from the working directory",
                        "ERROR g.yaml:13: gateway.listeners[0].tls.keyFile: file 'nowhere/other.pem' does not exist, seen from the working directory");
    }

    @Test
    void aKeyOfAnotherCertificateIsAMistakeAndAnExpiredCertificateAWarning() {
        TestCertificates authority = TestCertificates.authority("authority");
        PemFiles old = authority.expiredServer("old.test").writeTo(folder, "old");
        PemFiles fresh = authority.server("new.test").writeTo(folder, "new");

        assertThat(said(listener(old.certificate(), old.key())))
                .singleElement()
                .asString()
                .startsWith("WARNING g.yaml:3: gateway.frontend.http.tls.certFile: ")
                .contains("expired at");
        assertThat(said(listener(fresh.certificate(), old.key())))
                .singleElement()
                .asString()
                .startsWith("ERROR g.yaml:3: gateway.frontend.http.tls.keyFile: ")
                .contains("does not belong to");
        assertThat(said(listener(fresh.certificate(), fresh.key()))).isEmpty();
    }

    private static String listener(Path certificate, Path key) {
        return """
        gateway:
          frontend:
            http: {tls: {enabled: true, certFile: "%s", keyFile: "%s"}}
        """
                .formatted(certificate, key);
    }

    @Test
    void filesOfCallsToServicesAreLookedAtOnlyWhenSomethingIsCalledOverTls() {
        String yaml =
                """
                gateway:
                  backend:
                    http:
                      tls:
                        rootCAFile: nowhere/ca.pem
                  registry:
                    static:
                      services:
                        - name: s
                          instances: [{address: 127.0.0.1, port: 3000, scheme: %s}]
                """;

        assertThat(said(yaml.formatted("http"))).isEmpty();
        assertThat(said(yaml.formatted("https")))
                .containsExactly(
                        "ERROR g.yaml:5: gateway.backend.http.tls.rootCAFile: file 'nowhere/ca.pem' does not exist, seen from the working directory");
    }

    @Test
    void anAccessLogThatCannotBeWrittenIsReportedAndNoneIsMade() {
        Path missing = folder.resolve("missing/access.log");
        Path fine = folder.resolve("access.log");

        assertThat(said("gateway: {accessLog: {target: \"" + missing + "\"}}"))
                .singleElement()
                .asString()
                .startsWith("ERROR g.yaml:1: gateway.accessLog.target: ")
                .contains("does not exist");
        assertThat(said("gateway: {accessLog: {target: \"" + folder + "\"}}"))
                .singleElement()
                .asString()
                .contains("is a folder");
        assertThat(said("gateway: {accessLog: {target: \"" + fine + "\"}}")).isEmpty();
        assertThat(Files.exists(fine)).isFalse();
    }

    @Test
    void aCredentialNobodyCanCheckIsReportedAtTheRule() {
        List<String> said =
                said(
                        """
                        gateway:
                          registry:
                            static:
                              services:
                                - {name: s, instances: [{address: 127.0.0.1, port: 3000}]}
                          router:
                            rules:
                              - path: /a
                                serviceName: s
                                authRequired: true
                              - path: /b
                                serviceName: s
                                authType: jwt
                        """);

        assertThat(said).hasSize(2);
        assertThat(said.get(0))
                .startsWith("ERROR g.yaml:10: gateway.router.rules[0].authRequired: ")
                .contains("neither");
        assertThat(said.get(1))
                .startsWith("ERROR g.yaml:13: gateway.router.rules[1].authType: ")
                .contains("'jwt'");
    }

    @Test
    void anUnknownProviderIsReported() {
        List<String> said =
                said("gateway: {auth: {providers: [passport], apikey: {enabled: false}}}");

        assertThat(said)
                .singleElement()
                .asString()
                .startsWith("ERROR g.yaml:1: gateway.auth.providers: 'passport'")
                .contains("jwt, apikey");
    }
}
