/** Stored responses, which later requests may continue. The store itself is in {@code memory}. */
@NullMarked
package dev.serai.core.responses;

import org.jspecify.annotations.NullMarked;
