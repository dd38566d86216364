/**
 * A model call of a client, its attempts, and what the steps of a route share about it. What the
 * call asks of a model is in {@code request}; who makes it is in {@code caller}.
 */
@NullMarked
package dev.serai.core.call;

import org.jspecify.annotations.NullMarked;
