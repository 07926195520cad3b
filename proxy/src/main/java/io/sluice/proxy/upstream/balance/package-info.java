/// Choosing the instance for one attempt: one class per way of choosing, made by [Balancers] for each route. All run on
/// loop threads, several at once, without locks and without making objects; what is worth preparing is prepared once
/// per snapshot of the service. Nothing here decides who is well: it takes the usable instances as they are given.
@NullMarked
package io.sluice.proxy.upstream.balance;

import org.jspecify.annotations.NullMarked;
