/**
 * Reads the JSON of requests that manage what is stored: API keys, tenants, users, budgets and keys
 * of providers. What is done with them is in the steps of {@code processors}. Also makes the
 * database that it is stored in.
 */
@NullMarked
package dev.serai.gateway.management;

import org.jspecify.annotations.NullMarked;
