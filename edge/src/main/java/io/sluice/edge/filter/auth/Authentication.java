package io.sluice.edge.filter.auth;

import io.sluice.core.fail.Failure;
import io.sluice.core.identity.Principal;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// What became of one credential.
public sealed interface Authentication {

    record Granted(Principal principal) implements Authentication {}

    /// @param failure what to answer unless another authenticator grants
    /// @param challenge value for `WWW-Authenticate` (RFC 9110 11.6.1), null when the credential may be good
    record Denied(Failure failure, @Nullable String challenge) implements Authentication {}

    /// Something must be fetched first. The stage ends within a few seconds, on any thread, never
    /// exceptionally, and never with another [Pending].
    record Pending(CompletionStage<Authentication> stage) implements Authentication {}
}
