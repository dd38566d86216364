/**
 * The steps of {@code routes/keys.camel.yaml}: management of the API keys, tenants and users that
 * are stored.
 */
@NullMarked
package dev.serai.processors.keys;

import org.jspecify.annotations.NullMarked;
