package io.sluice.net.http;

import java.util.Map;

/// Which route an exchange takes.
///
/// @param routeId id from the configuration; the label in metrics and logs
/// @param pattern the path pattern that matched
/// @param parameters values of `{name}` segments, still percent-encoded
public record RouteMatch(String routeId, String pattern, Map<String, String> parameters) {}
