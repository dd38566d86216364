/** The steps that plan the attempts of a call: which candidates, in which order. */
@NullMarked
package dev.serai.processors.routing;

import org.jspecify.annotations.NullMarked;
