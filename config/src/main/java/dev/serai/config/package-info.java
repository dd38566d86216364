/**
 * Settings as records with their defaults, and their loader. The records check their values and
 * make core types of them; all else is done by the code that receives the record from the wiring of
 * the gateway.
 */
@NullMarked
package dev.serai.config;

import org.jspecify.annotations.NullMarked;
