/**
 * Sources of identities other than API keys: tokens of issuers, signatures of requests and client
 * certificates. A new one implements {@code Authenticator} and is added in {@code IdentityFeature};
 * {@code edge/caller} asks it.
 */
@NullMarked
package dev.serai.gateway.identity;

import org.jspecify.annotations.NullMarked;
