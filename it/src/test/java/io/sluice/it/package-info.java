/// End-to-end tests: the fixture that starts a whole gateway in this process, and in the packages
/// below the scenarios, one package a subject. Tests speak to it over real sockets only.
@NullMarked
package io.sluice.it;

import org.jspecify.annotations.NullMarked;
