/**
 * Stores what is managed over HTTP in the database, and keeps it in memory: API keys of callers,
 * tenants, users, roles, budgets and keys of providers. What an API key may do is in {@link
 * dev.serai.core.caller}.
 */
@NullMarked
package dev.serai.memory.keys;

import org.jspecify.annotations.NullMarked;
