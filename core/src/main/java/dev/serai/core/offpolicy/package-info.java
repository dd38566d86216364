/**
 * Estimates from past calls what another policy would have reached, before it is used (off-policy
 * evaluation). Needs the probability with which each choice was made. Pure functions.
 */
@NullMarked
package dev.serai.core.offpolicy;

import org.jspecify.annotations.NullMarked;
