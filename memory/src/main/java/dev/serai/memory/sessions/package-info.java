/** The store of sessions in the database. */
@NullMarked
package dev.serai.memory.sessions;

import org.jspecify.annotations.NullMarked;
