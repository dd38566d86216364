/**
 * The console: Hawtio in a Jetty of its own, which listens on the loopback only. The route {@code
 * console} forwards requests to it. None of it is loaded unless the console is enabled.
 *
 * <p>Two things limit what a user may do: the login, and {@code console/jolokia-access.xml}, which
 * allows reading only.
 */
@NullMarked
package dev.serai.gateway.console;

import org.jspecify.annotations.NullMarked;
