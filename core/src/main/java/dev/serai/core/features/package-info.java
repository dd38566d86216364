/**
 * Features of requests that a routing policy decides by: size, needs, language, kind of task and
 * the keys of the prompt's beginning. Nothing here calls a model, and every text is read up to a
 * bound.
 */
@NullMarked
package dev.serai.core.features;

import org.jspecify.annotations.NullMarked;
