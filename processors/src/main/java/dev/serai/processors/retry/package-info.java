/**
 * When a failed call is tried again: the rules, the wait before an attempt, and the share of
 * retries that all calls have together.
 */
@NullMarked
package dev.serai.processors.retry;

import org.jspecify.annotations.NullMarked;
