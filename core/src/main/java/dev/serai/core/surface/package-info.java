/** Ports to what clients speak: their requests read and replies written for them. */
@NullMarked
package dev.serai.core.surface;

import org.jspecify.annotations.NullMarked;
