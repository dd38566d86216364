/**
 * Learns from the outcomes of calls which model to choose. A {@link Bandit} belongs to a group of
 * models, such as those of an alias. Its arms are models, its clusters are kinds of calls. Nothing
 * here does I/O; time and randomness are arguments.
 */
@NullMarked
package dev.serai.core.bandit;

import org.jspecify.annotations.NullMarked;
