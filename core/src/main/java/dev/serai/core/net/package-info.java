/**
 * Limits and deadlines of connections to providers. Limits of callers are in {@code limit} and
 * {@code rate}.
 */
@NullMarked
package dev.serai.core.net;

import org.jspecify.annotations.NullMarked;
