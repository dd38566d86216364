/** Fetches the lists of models that providers publish, and adds them to the catalogue. */
@NullMarked
package dev.serai.gateway.models;

import org.jspecify.annotations.NullMarked;
