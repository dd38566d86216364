/**
 * The steps of {@code routes/models.camel.yaml}: which models there are. What is known about a
 * model comes from the catalogue.
 */
@NullMarked
package dev.serai.processors.models;

import org.jspecify.annotations.NullMarked;
