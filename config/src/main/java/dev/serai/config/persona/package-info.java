/** Settings of personas: models that have a stored prompt. */
@NullMarked
package dev.serai.config.persona;

import org.jspecify.annotations.NullMarked;
