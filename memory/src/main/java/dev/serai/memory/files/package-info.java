/** Files that only their owner may read, with secrets or with what callers have asked for. */
@NullMarked
package dev.serai.memory.files;

import org.jspecify.annotations.NullMarked;
