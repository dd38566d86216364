/**
 * Failures of a provider as problems: what a status means, how long to wait, and which part of the
 * message a client may see. Also how long the body of an error may be.
 */
@NullMarked
package dev.serai.adapters.dialects.problem;

import org.jspecify.annotations.NullMarked;
