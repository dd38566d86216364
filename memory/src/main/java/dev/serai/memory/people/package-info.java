/** The tenants and users that are stored in the database. */
@NullMarked
package dev.serai.memory.people;

import org.jspecify.annotations.NullMarked;
