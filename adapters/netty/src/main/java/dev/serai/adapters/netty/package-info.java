/** Netty helpers that the HTTP edge and the upstream client share. */
@NullMarked
package dev.serai.adapters.netty;

import org.jspecify.annotations.NullMarked;
