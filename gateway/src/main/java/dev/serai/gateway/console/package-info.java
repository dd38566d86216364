/**
 * The console: Hawtio in a Jetty of its own that listens on the loopback only, reached through the
 * route {@code console}. Nothing of it is loaded unless the console is asked for.
 *
 * <p>What a user may do there is bounded twice: by the login, and by {@code
 * console/jolokia-access.xml}, which allows looking and no changing.
 */
@NullMarked
package dev.serai.gateway.console;

import org.jspecify.annotations.NullMarked;
