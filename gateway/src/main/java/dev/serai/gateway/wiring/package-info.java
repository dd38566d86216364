/**
 * Puts the gateway together: one {@link dev.serai.gateway.wiring.Feature} for each area, listed in
 * order in {@link dev.serai.gateway.wiring.Wiring}. It creates and connects objects and decides
 * nothing about a call.
 */
@NullMarked
package dev.serai.gateway.wiring;

import org.jspecify.annotations.NullMarked;
