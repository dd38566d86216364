/** Who calls the gateway. */
@NullMarked
package dev.serai.core.caller;

import org.jspecify.annotations.NullMarked;
