/** The lists of models that providers give. */
@NullMarked
package dev.serai.gateway.models;

import org.jspecify.annotations.NullMarked;
