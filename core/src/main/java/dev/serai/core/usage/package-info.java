/**
 * The ledger of what calls used and cost, as its readers see it. It is written and stored by {@code
 * memory}.
 */
@NullMarked
package dev.serai.core.usage;

import org.jspecify.annotations.NullMarked;
