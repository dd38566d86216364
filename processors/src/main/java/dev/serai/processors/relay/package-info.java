/** The steps of calls that are no chat: vectors, and what is only handed on. */
@NullMarked
package dev.serai.processors.relay;

import org.jspecify.annotations.NullMarked;
