/** What callers say about the quality of calls that have ended. */
@NullMarked
package dev.serai.core.feedback;

import org.jspecify.annotations.NullMarked;
