/**
 * What is managed over HTTP and stored in the database, as a whole: API keys, tenants, users,
 * roles, budgets and keys of providers. Each has a package of its own; here they are read together,
 * and changed one after the other.
 */
@NullMarked
package dev.serai.memory.management;

import org.jspecify.annotations.NullMarked;
