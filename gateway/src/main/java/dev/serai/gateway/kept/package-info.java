/** Answers that later requests go on from, kept by this process. */
@NullMarked
package dev.serai.gateway.kept;

import org.jspecify.annotations.NullMarked;
