/** Reads and splices JSON as bytes, without a tree where possible. */
@NullMarked
package dev.serai.adapters.dialects.json;

import org.jspecify.annotations.NullMarked;
