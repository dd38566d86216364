/** The cache of responses. */
@NullMarked
package dev.serai.memory.cache;

import org.jspecify.annotations.NullMarked;
