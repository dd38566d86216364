/** Fan-out: one call is asked of several candidates at once, and one response is made of theirs. */
@NullMarked
package dev.serai.core.fanout;

import org.jspecify.annotations.NullMarked;
