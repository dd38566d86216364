/**
 * One thread that writes to the database in batches, for everything that is stored after a call. A
 * new store implements {@code BatchSource}. Reading is in {@code database}.
 */
@NullMarked
package dev.serai.memory.batch;

import org.jspecify.annotations.NullMarked;
