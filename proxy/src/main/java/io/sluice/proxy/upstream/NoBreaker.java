package io.sluice.proxy.upstream;

enum NoBreaker implements Breaker {
    INSTANCE;

    @Override
    public long tryAcquire() {
        return 1;
    }

    @Override
    public int retryAfterSeconds() {
        return 1;
    }

    @Override
    public void release(long permit, CallResult result) {}
}
