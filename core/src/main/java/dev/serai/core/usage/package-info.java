/** The ledger of what calls used and cost. */
@NullMarked
package dev.serai.core.usage;

import org.jspecify.annotations.NullMarked;
