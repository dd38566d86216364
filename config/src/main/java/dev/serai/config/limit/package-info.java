/** Settings of the limits for callers, models and providers. */
@NullMarked
package dev.serai.config.limit;

import org.jspecify.annotations.NullMarked;
