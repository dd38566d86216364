/** A model call of a client, its attempts, and what the steps of a route share about it. */
@NullMarked
package dev.serai.core.call;

import org.jspecify.annotations.NullMarked;
