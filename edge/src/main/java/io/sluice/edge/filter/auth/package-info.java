/// Who is asking, and may they: authenticators in the order of the configuration, then the scopes a route
/// asks for. Filters and checks of credentials run on loop threads and do not block; keys of an endpoint are
/// fetched on virtual threads. A credential is taken out of the head before anything is decided, so that a
/// key in a query is neither passed on nor logged. Nothing here logs a credential, follows an address found
/// in a token, or trusts what a token says about its own key.
@NullMarked
package io.sluice.edge.filter.auth;

import org.jspecify.annotations.NullMarked;
