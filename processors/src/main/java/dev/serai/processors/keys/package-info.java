/**
 * The steps of {@code routes/keys.camel.yaml}: management of the API keys that are stored. The edge
 * checks the keys of requests with the authenticators of {@code gateway/wiring}'s {@code
 * IdentityFeature}.
 */
@NullMarked
package dev.serai.processors.keys;

import org.jspecify.annotations.NullMarked;
