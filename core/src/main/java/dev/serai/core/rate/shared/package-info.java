/** Rates that several gateways share: each answers from memory and exchanges counts with others. */
@NullMarked
package dev.serai.core.rate.shared;

import org.jspecify.annotations.NullMarked;
