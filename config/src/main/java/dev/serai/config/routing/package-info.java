/** Settings of how the model of a call is chosen. */
@NullMarked
package dev.serai.config.routing;

import org.jspecify.annotations.NullMarked;
