/** The catalogue: models, their providers, aliases and prices. */
package dev.serai.config.catalogue;
