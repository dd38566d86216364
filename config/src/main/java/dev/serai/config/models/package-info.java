/** The records of {@code models.yaml}. The look-up in them is in {@code catalogue}. */
package dev.serai.config.models;
