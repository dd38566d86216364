/** The keys of providers: which one an attempt uses, and the health of each. */
@NullMarked
package dev.serai.core.provider.key;

import org.jspecify.annotations.NullMarked;
