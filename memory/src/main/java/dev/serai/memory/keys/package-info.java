/**
 * Stores API keys of callers, tenants and users in the database, and keeps them in memory for the
 * edge. What a key may do is in {@link dev.serai.core.caller}.
 */
@NullMarked
package dev.serai.memory.keys;

import org.jspecify.annotations.NullMarked;
