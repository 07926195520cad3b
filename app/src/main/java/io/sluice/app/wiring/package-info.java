/// Puts the parts of the rooms together: one `…Parts` class per room, constructors only, no container.
/// Start order is program order, and what was started first is stopped last. Runs on the thread that
/// starts the process and on virtual threads; nothing here is on the way of a request.
@NullMarked
package io.sluice.app.wiring;

import org.jspecify.annotations.NullMarked;
