/**
 * Remembers the nonces of signed requests, so that each request is accepted once. The signatures
 * are checked in {@code gateway/identity}.
 */
@NullMarked
package dev.serai.memory.identity;

import org.jspecify.annotations.NullMarked;
