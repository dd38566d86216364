/** Settings of aliases that ask several of their models at once. */
@NullMarked
package dev.serai.config.routing.fanout;

import org.jspecify.annotations.NullMarked;
