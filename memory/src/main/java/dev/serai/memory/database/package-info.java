/** The database: where it is, how it is opened, its schema. */
@NullMarked
package dev.serai.memory.database;

import org.jspecify.annotations.NullMarked;
