/** Steps that only Gemini's dialect and clients need. */
@NullMarked
package dev.serai.processors.gemini;

import org.jspecify.annotations.NullMarked;
