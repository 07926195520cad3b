package io.sluice.edge.filter.auth;

import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.core.identity.Principal;

/// What the check of one token found.
sealed interface Verdict {
    Invalid MALFORMED = invalid("The token is malformed.");
    Invalid WRONG_ALGORITHM = invalid("The token is signed in a way that is not accepted.");
    Invalid WRONG_SIGNATURE = invalid("The signature of the token is wrong.");
    Invalid UNKNOWN_KEY = invalid("The token is signed with an unknown key.");
    Invalid NO_EXPIRY = invalid("The token has no expiry.");
    Invalid EXPIRED = invalid("The token has expired.");
    Invalid TOO_EARLY = invalid("The token is not valid yet.");
    Invalid WRONG_ISSUER = invalid("The token is from another issuer.");
    Invalid WRONG_AUDIENCE = invalid("The token is for another audience.");
    Invalid NO_SUBJECT = invalid("The token names no subject.");

    /// @param untilMillis wall clock, clock skew included
    record Valid(Principal principal, long untilMillis) implements Verdict {}

    record Invalid(Failure failure) implements Verdict {}

    /// No key at hand fits; more keys might.
    record KeyMissing() implements Verdict {}

    private static Invalid invalid(String message) {
        return new Invalid(Failure.of(FailureKind.UNAUTHORIZED, message));
    }
}
