/** What the gateway says of models, in the words of its surfaces. */
@NullMarked
package dev.serai.processors.model;

import org.jspecify.annotations.NullMarked;
