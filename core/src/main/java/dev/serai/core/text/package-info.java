/** Texts as people write them. */
@NullMarked
package dev.serai.core.text;

import org.jspecify.annotations.NullMarked;
