/**
 * How people log in to the gateway's pages with a browser. The login itself is in {@code
 * gateway/identity/login}.
 */
@NullMarked
package dev.serai.core.login;

import org.jspecify.annotations.NullMarked;
