/**
 * Personas: models inside this process. {@code persona/guide} quotes Serai's own documentation and
 * uses nothing else.
 */
@NullMarked
package dev.serai.adapters.persona;

import org.jspecify.annotations.NullMarked;
