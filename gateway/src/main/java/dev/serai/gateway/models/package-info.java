/**
 * Fetches the lists of models that providers publish, and adds them to the catalogue. The form of
 * each list is read by the dialect.
 */
@NullMarked
package dev.serai.gateway.models;

import org.jspecify.annotations.NullMarked;
