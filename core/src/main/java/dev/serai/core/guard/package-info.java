/**
 * Guards: what checks the texts of requests and responses, and what it finds. A guard of a new kind
 * begins with a constant of {@code GuardKind} in the settings; {@code GuardFeature} of the gateway
 * makes its check.
 */
@NullMarked
package dev.serai.core.guard;

import org.jspecify.annotations.NullMarked;
