/** Every list of models that the dialects write, by the same cases. */
@NullMarked
package dev.serai.adapters.dialects.models;

import org.jspecify.annotations.NullMarked;
