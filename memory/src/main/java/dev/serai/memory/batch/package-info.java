/**
 * One thread that writes to the database in batches. A store whose clients wait for their changes
 * has a {@code GroupCommit}; one that stores what happens, such as usage, implements {@code
 * BatchSource}. Reading is in {@code database}.
 */
@NullMarked
package dev.serai.memory.batch;

import org.jspecify.annotations.NullMarked;
