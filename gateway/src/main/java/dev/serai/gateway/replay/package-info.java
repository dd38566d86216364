/** Replays another policy over calls of the past: the command {@code serai replay}. */
@NullMarked
package dev.serai.gateway.replay;

import org.jspecify.annotations.NullMarked;
