/** The roles that are stored in the database, which keys and users have. */
@NullMarked
package dev.serai.memory.roles;

import org.jspecify.annotations.NullMarked;
