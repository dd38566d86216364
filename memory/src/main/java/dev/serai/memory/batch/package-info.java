/**
 * One thread that writes to the database in batches, for everything that is stored behind a call.
 */
@NullMarked
package dev.serai.memory.batch;

import org.jspecify.annotations.NullMarked;
