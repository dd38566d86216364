/**
 * The steps of {@code routes/experiments.camel.yaml}, which manage experiments, and what assigns
 * calls to variants.
 */
@NullMarked
package dev.serai.processors.experiments;

import org.jspecify.annotations.NullMarked;
