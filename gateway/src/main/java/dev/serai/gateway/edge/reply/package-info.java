/**
 * Writes replies to the socket of a client: their heads, their bodies, and streams with
 * back-pressure.
 */
@NullMarked
package dev.serai.gateway.edge.reply;

import org.jspecify.annotations.NullMarked;
