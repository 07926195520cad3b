package io.sluice.edge.route;

import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import org.jspecify.annotations.Nullable;

/// What `gateway.router` does with paths that services read in different ways. Whatever is chosen, one canonical path is
/// matched and passed on.
public record PathPolicy(
        @Doc(
                        "%2F in a path: keep passes it on as part of its segment, reject answers 400. Reject when services decode it before they look for segments.")
                @Default("keep")
                EncodedSlash encodedSlash,
        @Doc(
                        "Parameters of a segment (/a;x=1/b): ignore finds the rule without them and passes them on, reject answers 400.")
                @Default("ignore")
                SegmentParameters segmentParameters) {

    /// What stands in force when nothing is set.
    public static final PathPolicy DEFAULT =
            new PathPolicy(EncodedSlash.KEEP, SegmentParameters.IGNORE);

    /// What to do with `%2F`, which is never decoded.
    public enum EncodedSlash {
        KEEP,
        REJECT
    }

    /// What to do with `;` and what follows it in a segment.
    public enum SegmentParameters {
        IGNORE,
        REJECT
    }

    /// Why a path is refused, or null.
    ///
    /// @param path canonical
    public @Nullable String problem(String path) {
        if (encodedSlash == EncodedSlash.REJECT && path.contains("%2F")) {
            return "An encoded slash is not taken in a path.";
        }
        return segmentParameters == SegmentParameters.REJECT && SegmentName.hasParameters(path)
                ? "Parameters are not taken in a path."
                : null;
    }
}
