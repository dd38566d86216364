/** Ports to what providers speak: requests written for them and their replies read. */
@NullMarked
package dev.serai.core.dialect;

import org.jspecify.annotations.NullMarked;
