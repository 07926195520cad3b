package io.sluice.net.http1;

/// Bounds of one message head.
///
/// @param maxRequestLine bytes of the request line without its CRLF; over it 414
/// @param maxHeaderBytes bytes of all field lines; over it 431. Trailers have the same bound
/// @param maxFields number of field lines; over it 431
public record HeadLimits(int maxRequestLine, int maxHeaderBytes, int maxFields) {
    public static final HeadLimits DEFAULT = new HeadLimits(8 * 1024, 32 * 1024, 100);

    /// What services may answer with: twice the bounds of clients, since cookies go this way.
    public static final HeadLimits REPLY = new HeadLimits(8 * 1024, 64 * 1024, 200);

    int maxHead() {
        return maxRequestLine + maxHeaderBytes + 8;
    }
}
