/** The records of {@code models.yaml}. */
package dev.serai.config.models;
