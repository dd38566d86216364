/** Credentials other than API keys: tokens of issuers and signatures of requests. */
@NullMarked
package dev.serai.gateway.identity;

import org.jspecify.annotations.NullMarked;
