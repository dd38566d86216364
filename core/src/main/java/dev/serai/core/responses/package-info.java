/** Stored responses, which later requests may continue. */
@NullMarked
package dev.serai.core.responses;

import org.jspecify.annotations.NullMarked;
