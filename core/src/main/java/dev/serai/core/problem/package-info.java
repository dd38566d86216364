/**
 * Failures as clients see them. Any other exception is an error of the gateway, and its details are
 * only in the log.
 */
@NullMarked
package dev.serai.core.problem;

import org.jspecify.annotations.NullMarked;
