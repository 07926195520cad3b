package io.sluice.net.listen;

/// Whether a listener expects a PROXY protocol header (versions 1 and 2) before anything else.
public enum ProxyProtocol {
    OFF,
    /// A header is taken when it is there. Only behind proxies that always send one or strip the client's.
    OPTIONAL,
    /// A connection without a header is closed.
    REQUIRED
}
