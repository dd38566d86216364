/** Tests of schemas as they are sent. */
@NullMarked
package dev.serai.adapters.dialects.schema;

import org.jspecify.annotations.NullMarked;
