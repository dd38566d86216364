/**
 * Personas: models that live inside the process. {@code persona/guide} answers from Serai's own
 * documentation, by search and quotation, and never from anything else.
 */
@org.jspecify.annotations.NullMarked
package dev.serai.adapters.persona;
