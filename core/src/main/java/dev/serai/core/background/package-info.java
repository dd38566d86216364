/** Threads that work in the background, each of which is restarted when it fails. */
@NullMarked
package dev.serai.core.background;

import org.jspecify.annotations.NullMarked;
