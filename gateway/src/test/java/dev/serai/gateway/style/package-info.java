/**
 * Style is a test: sizes, layers, wiring, banned code and the house itself, read from the sources.
 */
@org.jspecify.annotations.NullMarked
package dev.serai.gateway.style;
