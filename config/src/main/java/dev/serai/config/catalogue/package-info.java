/**
 * The catalogue: models, their providers, aliases and prices, from the settings and the built-in
 * data. Lists that providers publish are added by the gateway.
 */
@NullMarked
package dev.serai.config.catalogue;

import org.jspecify.annotations.NullMarked;
