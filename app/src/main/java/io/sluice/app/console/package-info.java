/// What the gateway shows to people: the start page and the demo service behind it.
/// Handlers here answer on the loop from values at hand and never block; the page is one resource file without
/// outside assets, sent with a content security policy that names its own script and style by digest.
/// Nothing here may show secrets, or addresses of services that are not the demo's own.
@NullMarked
package io.sluice.app.console;

import org.jspecify.annotations.NullMarked;
