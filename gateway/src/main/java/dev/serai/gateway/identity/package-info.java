/**
 * Sources of identities other than API keys: tokens of issuers, signatures of requests, client
 * certificates, and in {@code login} the sessions of browsers. A new one implements {@code
 * Authenticator} and is added in {@code IdentityFeature}; {@code edge/caller} asks it.
 */
@NullMarked
package dev.serai.gateway.identity;

import org.jspecify.annotations.NullMarked;
