/**
 * How the candidates of a call are ordered: what a request requires of a candidate, and one class
 * for each strategy. Nothing here does I/O or blocks; it runs on event loops.
 */
@NullMarked
package dev.serai.processors.routing.strategy;

import org.jspecify.annotations.NullMarked;
