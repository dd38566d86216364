/** Prompts in the database: what manages them, and what calls read of them. */
@NullMarked
package dev.serai.memory.prompts;

import org.jspecify.annotations.NullMarked;
