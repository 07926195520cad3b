package io.sluice.proxy.upstream;

import io.sluice.core.fail.FailureKind;
import io.sluice.net.http.Method;

enum NoMeter implements InstanceMeter {
    INSTANCE;

    @Override
    public void opened() {}

    @Override
    public void closed() {}

    @Override
    public void answered(Method method, int status, long nanos) {}

    @Override
    public void failed(FailureKind kind) {}
}
