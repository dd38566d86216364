/** Limits and deadlines of connections to providers. Limits of callers are in {@code limit}. */
@NullMarked
package dev.serai.core.net;

import org.jspecify.annotations.NullMarked;
