package io.sluice.edge.filter.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import io.sluice.testkit.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PublicKeysTest {

    @Test
    void theTypeOfAKeyFixesItsMethods() {
        assertThat(PublicKeys.fromPem(Signer.rsa("", JWSAlgorithm.RS256).pem(), null).algorithms())
                .containsExactly(JWSAlgorithm.RS256);
        assertThat(PublicKeys.fromPem(Signer.ec("", JWSAlgorithm.ES384).pem(), null).algorithms())
                .containsExactly(JWSAlgorithm.ES384);
        assertThat(PublicKeys.fromPem(Signer.ed25519("").pem(), null).algorithms())
                .contains(JWSAlgorithm.EdDSA);
        String rsa = Signer.rsa("", JWSAlgorithm.RS256).pem();
        for (SigningMethod method : SigningMethod.values()) {
            boolean fits = method.name().startsWith("RS") || method.name().startsWith("PS");
            if (fits) {
                assertThat(PublicKeys.fromPem(rsa, method).algorithms())
                        .containsExactly(method.algorithm());
            } else {
                assertThatThrownBy(() -> PublicKeys.fromPem(rsa, method))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Test
    void readsAKeyWithoutAlgorithmIdentifier() {
        String spki = Signer.rsa("", JWSAlgorithm.RS256).pem();
        byte[] encoded = Base64.getMimeDecoder().decode(spki.replaceAll("-----[A-Z ]+-----", ""));
        // Outer sequence, algorithm identifier and head of the bit string come first.
        byte[] pkcs1 = Arrays.copyOfRange(encoded, 24, encoded.length);
        String pem =
                "-----BEGIN RSA PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder().encodeToString(pkcs1)
                        + "\n-----END RSA PUBLIC KEY-----";
        assertThat(PemKeys.read(pem)).isEqualTo(PemKeys.read(spki));
    }

    @Test
    void readsTheKeyOfACertificateFile(@TempDir Path folder) throws IOException {
        TestCertificates.Identity identity = TestCertificates.authority("CA").server("issuer.test");
        Path file = identity.writeTo(folder, "issuer").certificate();
        assertThat(PublicKeys.fromFile(file.toString(), null).algorithms())
                .containsExactly(JWSAlgorithm.ES256);
        assertThatThrownBy(() -> PublicKeys.fromPem(identity.privateKeyPem(), null))
                .hasMessageContaining("holds a PRIVATE KEY");
        Path large = Files.write(folder.resolve("large.pem"), new byte[300 * 1024]);
        assertThatThrownBy(() -> PublicKeys.fromFile(large.toString(), null))
                .hasMessageContaining("too large");
        assertThatThrownBy(() -> PublicKeys.fromFile(folder.resolve("none").toString(), null))
                .hasMessageContaining("cannot be read");
    }

    @Property
    void otherTextsAreRefusedWithAReason(@ForAll String text, @ForAll byte[] bytes) {
        String block =
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getEncoder().encodeToString(bytes)
                        + "\n-----END PUBLIC KEY-----";
        assertThatThrownBy(() -> PemKeys.read(text)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PemKeys.read(block)).isInstanceOf(IllegalArgumentException.class);
    }
}
