/** Values in memory that can be made again, in bounded numbers. */
@NullMarked
package dev.serai.core.cache;

import org.jspecify.annotations.NullMarked;
