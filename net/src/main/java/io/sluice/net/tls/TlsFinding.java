package io.sluice.net.tls;

import io.sluice.core.config.Complaint.Severity;

/// One thing to say about TLS files and settings, for the configuration report.
///
/// @param key key below the `tls` object, such as `certFile` or `certificates[1].keyFile`
/// @param message what is wrong and what was expected; never key material
public record TlsFinding(Severity severity, String key, String message) {

    @Override
    public String toString() {
        return key + ": " + message;
    }
}
