/** How providers are doing, for an operator. */
@NullMarked
package dev.serai.core.health;

import org.jspecify.annotations.NullMarked;
