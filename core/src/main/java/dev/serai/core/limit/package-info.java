/** Limits of the gateway: what a call takes from them, and how it is given back. */
@NullMarked
package dev.serai.core.limit;

import org.jspecify.annotations.NullMarked;
