/** The steps of the cache of responses. */
@NullMarked
package dev.serai.processors.cache;

import org.jspecify.annotations.NullMarked;
