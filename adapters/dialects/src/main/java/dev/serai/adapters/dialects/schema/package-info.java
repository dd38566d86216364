/** Fits JSON Schemas to what a provider accepts. */
@NullMarked
package dev.serai.adapters.dialects.schema;

import org.jspecify.annotations.NullMarked;
