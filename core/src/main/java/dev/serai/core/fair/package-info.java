/**
 * Decides which call is next when a provider can take no more. A window says how many attempts may
 * run at a provider's model at once; it follows the provider's replies. The attempts beyond it wait
 * in a queue that is fair between tenants, and within a tenant between sessions.
 */
@NullMarked
package dev.serai.core.fair;

import org.jspecify.annotations.NullMarked;
