package io.sluice.core.fail;

/// Carries a [Failure] out of blocking code. Has no stack trace: the failure says what a reader needs.
public final class GatewayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    public GatewayException(Failure failure) {
        super(failure.message(), null, false, false);
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }
}
