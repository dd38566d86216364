/**
 * The login of people with a browser at an identity provider: authorization code flow with PKCE
 * (OpenID Connect Core 1.0, section 3.1; RFC 7636; RFC 9700), and sessions in memory.
 */
@NullMarked
package dev.serai.gateway.identity.login;

import org.jspecify.annotations.NullMarked;
