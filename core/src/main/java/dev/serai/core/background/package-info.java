/**
 * Threads that work in the background, each of which is restarted when it fails. Not for the work
 * of a call: that runs on its event loop, or on a virtual thread if it must block.
 */
@NullMarked
package dev.serai.core.background;

import org.jspecify.annotations.NullMarked;
