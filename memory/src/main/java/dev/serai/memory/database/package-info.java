/** The gateway's database: its address, its connections and the migration of its schema. */
@NullMarked
package dev.serai.memory.database;

import org.jspecify.annotations.NullMarked;
