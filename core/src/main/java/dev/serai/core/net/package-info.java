/** Limits and deadlines of connections to providers. */
@NullMarked
package dev.serai.core.net;

import org.jspecify.annotations.NullMarked;
