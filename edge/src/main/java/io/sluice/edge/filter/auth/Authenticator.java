package io.sluice.edge.filter.auth;

import io.sluice.net.http.Exchange;
import org.jspecify.annotations.Nullable;

/// One way of proving who is asking. Shared by all loops; state is in thread-safe holders.
public interface Authenticator extends AutoCloseable {

    /// A credential that was found and is not checked yet. Does not touch the exchange.
    @FunctionalInterface
    interface Claim {

        /// Runs on a loop and must not block.
        Authentication verify();
    }

    /// As in `auth.providers`, in [io.sluice.core.identity.Principal#provider()] and in metrics.
    String id();

    /// Value for `WWW-Authenticate` when a request brings no credential.
    String challenge();

    /// Looks for a credential of this kind, on the exchange's loop. What must neither be passed on nor logged
    /// is taken out of the head now, whoever authenticates the request in the end.
    ///
    /// @return null when there is none
    @Nullable Claim claim(Exchange exchange);

    /// Ends what runs in the background. Claims made before may still be verified.
    @Override
    default void close() {}
}
