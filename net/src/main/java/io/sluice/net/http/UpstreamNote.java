package io.sluice.net.http;

/// What logs and metrics say about the call to a service.
///
/// @param service service name, empty when none was called
/// @param instance instance id of the last attempt
/// @param attempts how many attempts were made
/// @param headNanos from the start of the first attempt to the reply's head; 0 when none came
public record UpstreamNote(String service, String instance, int attempts, long headNanos) {
    public static final UpstreamNote NONE = new UpstreamNote("", "", 0, 0);
}
