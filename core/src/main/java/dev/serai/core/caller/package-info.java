/**
 * Who calls the gateway, and how that is known. A way to authenticate callers is an {@code
 * Authenticator}: that of API keys is in {@code core/keys}, all others are in {@code
 * gateway/identity}. The HTTP server asks them before a route begins, in {@code
 * gateway/edge/caller}.
 */
@NullMarked
package dev.serai.core.caller;

import org.jspecify.annotations.NullMarked;
