/// Input that wants to break the gateway, its services or its other clients: ambiguous framing, odd paths, slow clients,
/// floods, dying services. Each row of the reliability contract has a test here: the exact answer, the end of the
/// connection, nothing at the service, a counter that says why, and memory, descriptors and connections back where they
/// were. Sockets are real; nothing in here may depend on how fast the machine is.
@org.jspecify.annotations.NullMarked
package io.sluice.it.abuse;
