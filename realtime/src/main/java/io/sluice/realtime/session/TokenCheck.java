package io.sluice.realtime.session;

import io.sluice.core.identity.Principal;

/// Checks the tokens of realtime clients, at the handshake and when they bring a new one. Any thread; does not block.
@FunctionalInterface
public interface TokenCheck {

    /// @return whose token it is
    Verdict check(String token);

    /// What the check found.
    sealed interface Verdict {}

    record Valid(Principal principal) implements Verdict {}

    /// @param why a sentence without anything of the token
    record Invalid(String why) implements Verdict {}
}
