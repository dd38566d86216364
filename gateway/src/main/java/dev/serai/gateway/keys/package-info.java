/**
 * Reads requests about API keys, tenants and users. What is done with them is in the steps of
 * {@code processors}.
 */
@NullMarked
package dev.serai.gateway.keys;

import org.jspecify.annotations.NullMarked;
