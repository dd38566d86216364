/**
 * Streamed responses that steps read on their way: what waits until a check has decided, and the
 * response that its events make together.
 */
@NullMarked
package dev.serai.processors.support.stream;

import org.jspecify.annotations.NullMarked;
