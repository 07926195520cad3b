/// Who is asking: the principal an authenticator established, as every
/// face sees it. Immutable values, any thread; nothing here checks a
/// credential. Credentials themselves never get this far.
@NullMarked
package io.sluice.core.identity;

import org.jspecify.annotations.NullMarked;
