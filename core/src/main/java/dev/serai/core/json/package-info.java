/** Writes JSON. */
@NullMarked
package dev.serai.core.json;

import org.jspecify.annotations.NullMarked;
