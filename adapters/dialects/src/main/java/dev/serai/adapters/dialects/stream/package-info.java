/** The stream engine: splits the bytes of a stream into frames and reads or forwards them. */
@NullMarked
package dev.serai.adapters.dialects.stream;

import org.jspecify.annotations.NullMarked;
