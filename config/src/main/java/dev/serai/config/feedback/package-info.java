/** What bandits learn of calls besides what callers say. */
@NullMarked
package dev.serai.config.feedback;

import org.jspecify.annotations.NullMarked;
