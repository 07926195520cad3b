package io.sluice.edge.filter.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import io.sluice.core.identity.Principal;
import io.sluice.core.time.ManualTicker;
import java.util.HashMap;
import java.util.Map;

/// Makes authenticators of tokens, and reads what they decide.
abstract class JwtScene {
    static final long NOW = ManualTicker.START_MILLIS / 1000;

    final ManualTicker ticker = new ManualTicker();
    final Signer hs256 = Signer.secret(JWSAlgorithm.HS256, AuthSettings.SECRET);

    final JwtAuthenticator secretly(String more) {
        return make("auth: {jwt: {enabled: true, secret: " + AuthSettings.SECRET + more + "}}");
    }

    final JwtAuthenticator make(String yaml) {
        return AuthSettings.jwt(AuthSettings.of(yaml), ticker);
    }

    final JwtAuthenticator publicly(Signer signer, String more) {
        return make(
                "auth:\n  jwt:\n    enabled: true\n"
                        + more
                        + "    publicKey: |\n"
                        + signer.pem().indent(6));
    }

    static Map<String, Object> claims(Object... more) {
        Map<String, Object> claims = new HashMap<>();
        claims.put("sub", "alice");
        claims.put("exp", NOW + 600);
        for (int i = 0; i < more.length; i += 2) {
            claims.put((String) more[i], more[i + 1]);
        }
        return claims;
    }

    static Principal granted(Authentication outcome) {
        assertThat(outcome).isInstanceOf(Authentication.Granted.class);
        return ((Authentication.Granted) outcome).principal();
    }

    static String denied(Authentication outcome) {
        assertThat(outcome).isInstanceOf(Authentication.Denied.class);
        Authentication.Denied denied = (Authentication.Denied) outcome;
        assertThat(denied.challenge()).isEqualTo("Bearer error=\"invalid_token\"");
        assertThat(denied.failure().status()).isEqualTo(401);
        return denied.failure().message();
    }
}
