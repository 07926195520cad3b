/// Getting one exchange answered by a service: [AttemptLoop] picks, calls and decides whether to try again, [Attempt]
/// is one try, the relays carry the bodies, [AttemptTimers] watches the clocks. All of it on the loop of the exchange.
/// Knows no protocol: what a forwarder does differently stands behind [AnswerPath] and [HeadRewrite].
@NullMarked
package io.sluice.proxy.attempt;

import org.jspecify.annotations.NullMarked;
