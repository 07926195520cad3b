/// The one table from a failure to what each protocol, log and metric says about it.
/// Expected failures are values ([Failure]); exceptions are for bugs and for leaving blocking code.
/// Any thread; nothing here may log or write to a connection.
@NullMarked
package io.sluice.core.fail;

import org.jspecify.annotations.NullMarked;
