/** Feedback about calls, stored in the database. */
@NullMarked
package dev.serai.memory.feedback;

import org.jspecify.annotations.NullMarked;
