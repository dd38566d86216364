/**
 * The gateway as a process, and as an object that tests start. What it consists of is in {@code
 * wiring}.
 */
@NullMarked
package dev.serai.gateway;

import org.jspecify.annotations.NullMarked;
