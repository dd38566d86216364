/** What an operator says of models in {@code models.yaml}. */
package dev.serai.config.models;
