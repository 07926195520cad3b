package io.sluice.proxy.upstream;

import io.sluice.core.fail.FailureKind;
import io.sluice.net.http.Method;

/// Counts what one loop does with one instance. Data points are resolved once, so that counting finds nothing by name.
/// Loop thread only.
public interface InstanceMeter {
    /// A connection was opened.
    void opened();

    /// A connection closed or takes no more calls.
    void closed();

    /// The final head of an answer arrived.
    ///
    /// @param nanos since the request was handed to the connection
    void answered(Method method, int status, long nanos);

    /// An attempt came to nothing, or broke off after the head.
    void failed(FailureKind kind);
}
