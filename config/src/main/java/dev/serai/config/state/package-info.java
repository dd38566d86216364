/** Settings of what Serai stores. */
@NullMarked
package dev.serai.config.state;

import org.jspecify.annotations.NullMarked;
