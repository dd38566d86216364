/**
 * Reads the JSON of requests about what is stored: API keys, tenants, users, roles, budgets, keys
 * of providers and experiments, which operators manage, and memory objects, sessions and feedback
 * of clients. What is done with them is in the steps of {@code processors}. Also makes the database
 * that it is stored in.
 */
@NullMarked
package dev.serai.gateway.management;

import org.jspecify.annotations.NullMarked;
