package io.sluice.proxy.upstream;

enum NoFeedback implements InstanceFeedback {
    INSTANCE;

    @Override
    public void started(Instance instance) {}

    @Override
    public void answered(Instance instance, int status, long nanos) {}

    @Override
    public void finished(Instance instance, CallResult result) {}
}
