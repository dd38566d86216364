/** What is remembered of the credentials of requests. */
@NullMarked
package dev.serai.memory.identity;

import org.jspecify.annotations.NullMarked;
