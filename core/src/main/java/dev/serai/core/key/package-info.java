/** A provider's keys: which one is used next, which rest and which are parked. */
@NullMarked
package dev.serai.core.key;

import org.jspecify.annotations.NullMarked;
