/** Experiments, stored in the database. */
@NullMarked
package dev.serai.memory.experiments;

import org.jspecify.annotations.NullMarked;
