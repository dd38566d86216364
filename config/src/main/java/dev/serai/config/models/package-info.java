/** The records of {@code models.yaml}. The look-up in them is in {@code catalogue}. */
@NullMarked
package dev.serai.config.models;

import org.jspecify.annotations.NullMarked;
