package io.sluice.net.http;

enum EmptyBody implements BodySource {
    INSTANCE;

    @Override
    public long length() {
        return 0;
    }

    @Override
    public void to(BodySink sink) {
        sink.end(null);
    }

    @Override
    public void pause() {}

    @Override
    public void resume() {}

    @Override
    public void discard() {}
}
