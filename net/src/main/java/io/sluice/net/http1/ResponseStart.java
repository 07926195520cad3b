package io.sluice.net.http1;

/// Whether a 100 went to the client before the final answer begins.
enum ResponseStart {
    AFTER_CONTINUE,
    WITHOUT_CONTINUE
}
