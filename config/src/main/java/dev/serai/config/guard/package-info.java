/**
 * Settings of the guards, which check the texts of requests and responses. A guard of a new kind
 * begins here, with a constant of {@link dev.serai.config.guard.GuardKind}.
 */
@NullMarked
package dev.serai.config.guard;

import org.jspecify.annotations.NullMarked;
