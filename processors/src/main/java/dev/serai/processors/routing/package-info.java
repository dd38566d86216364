/**
 * The steps that plan the attempts of a call: which candidates, in which order. A strategy that
 * orders candidates goes here; the attempts themselves are in {@code attempt}.
 */
@NullMarked
package dev.serai.processors.routing;

import org.jspecify.annotations.NullMarked;
