/**
 * Netty helpers that the HTTP edge and the upstream client share. What only one of them needs stays
 * there.
 */
@NullMarked
package dev.serai.adapters.netty;

import org.jspecify.annotations.NullMarked;
