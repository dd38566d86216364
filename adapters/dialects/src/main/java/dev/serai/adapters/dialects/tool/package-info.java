/** Tools as every dialect writes them: their schemas and the arguments of their calls. */
@NullMarked
package dev.serai.adapters.dialects.tool;

import org.jspecify.annotations.NullMarked;
