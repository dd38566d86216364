/** What steps share: the call of an exchange, event loops, leaving them, and small replies. */
@NullMarked
package dev.serai.processors.support;

import org.jspecify.annotations.NullMarked;
