package io.sluice.net.http;

import com.code_intelligence.jazzer.junit.FuzzTest;

class CanonicalPathFuzzTest {

    @FuzzTest
    void theFormIsStableAndFreeOfDotSegments(byte[] bytes) {
        String canonical = CanonicalPath.of(bytes, 0, bytes.length);
        if (canonical == null) {
            return;
        }
        if (!canonical.equals(CanonicalPath.of(canonical))) {
            throw new AssertionError("not stable: " + canonical);
        }
        for (String segment : canonical.split("/", -1)) {
            if (segment.equals(".") || segment.equals("..")) {
                throw new AssertionError("dot segment: " + canonical);
            }
        }
    }
}
