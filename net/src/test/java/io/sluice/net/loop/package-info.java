@org.jspecify.annotations.NullMarked
package io.sluice.net.loop;
