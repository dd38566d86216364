/** The steps of {@code routes/models.camel.yaml}: which models there are. */
@NullMarked
package dev.serai.processors.models;

import org.jspecify.annotations.NullMarked;
