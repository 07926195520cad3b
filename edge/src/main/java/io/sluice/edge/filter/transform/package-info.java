/// The last changes to a request before its handler: the path it is passed on with, and the fields
/// that tell a service who asks. Runs on loops, after authorisation, in the chain of a route.
/// Nothing here refuses a request for who sent it.
@NullMarked
package io.sluice.edge.filter.transform;

import org.jspecify.annotations.NullMarked;
