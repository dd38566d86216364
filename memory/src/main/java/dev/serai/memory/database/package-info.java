/**
 * The gateway's database: its address, its connections, the migration of its schema, and bounded
 * reading. It knows no table; each store has a package of its own, and its tables are migrations
 * among the resources, in {@code schema}.
 */
@NullMarked
package dev.serai.memory.database;

import org.jspecify.annotations.NullMarked;
