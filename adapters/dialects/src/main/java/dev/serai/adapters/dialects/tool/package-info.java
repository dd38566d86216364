/** Tools and their calls, as all dialects read and write them. */
@NullMarked
package dev.serai.adapters.dialects.tool;

import org.jspecify.annotations.NullMarked;
