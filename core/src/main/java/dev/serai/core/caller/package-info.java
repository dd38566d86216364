/** Who calls the gateway, and how that is known. */
@NullMarked
package dev.serai.core.caller;

import org.jspecify.annotations.NullMarked;
