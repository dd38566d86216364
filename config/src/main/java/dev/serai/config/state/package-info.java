/** Settings of what Serai stores. The stores are in {@code memory}. */
@NullMarked
package dev.serai.config.state;

import org.jspecify.annotations.NullMarked;
