/**
 * Puts the gateway together: one {@link dev.serai.gateway.wiring.Feature} for each area, listed in
 * order in {@link dev.serai.gateway.wiring.Wiring}.
 */
@NullMarked
package dev.serai.gateway.wiring;

import org.jspecify.annotations.NullMarked;
