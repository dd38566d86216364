/**
 * Tenants, users and roles that are stored and managed over HTTP. API keys may name other tenants
 * and users, which have no attributes. The stores are in {@code memory/people} and {@code
 * memory/roles}.
 */
@NullMarked
package dev.serai.core.people;

import org.jspecify.annotations.NullMarked;
