/** The steps of Gemini's kamelet. */
@NullMarked
package dev.serai.processors.gemini;

import org.jspecify.annotations.NullMarked;
