/**
 * Settings as records with their defaults, and their loader. The records have no behaviour: the
 * code that a setting is for receives its record from the wiring of the gateway.
 */
@NullMarked
package dev.serai.config;

import org.jspecify.annotations.NullMarked;
