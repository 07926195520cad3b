package io.sluice.edge.filter;

final class Steps {
    static final Step NEXT = new Step.Next();

    private Steps() {}
}
